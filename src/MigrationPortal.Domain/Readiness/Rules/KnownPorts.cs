using System.Collections.Frozen;
using System.Globalization;

namespace MigrationPortal.Domain.Readiness.Rules;

/// <summary>Ports that usual service images listen on, by the last part of their name.</summary>
internal static class KnownPorts
{
    private static readonly FrozenDictionary<string, int[]> ByFamily = new Dictionary<string, int[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["mysql"] = [3306],
        ["mariadb"] = [3306],
        ["percona"] = [3306],
        ["percona-server"] = [3306],
        ["mysql-server"] = [3306],
        ["postgres"] = [5432],
        ["postgresql"] = [5432],
        ["postgis"] = [5432],
        ["pgvector"] = [5432],
        ["timescaledb"] = [5432],
        ["cockroach"] = [26257, 8080],
        ["redis"] = [6379],
        ["valkey"] = [6379],
        ["keydb"] = [6379],
        ["redis-stack"] = [6379],
        ["redis-stack-server"] = [6379],
        ["dragonfly"] = [6379],
        ["mongo"] = [27017],
        ["mongodb"] = [27017],
        ["mongodb-community-server"] = [27017],
        ["elasticsearch"] = [9200, 9300],
        ["opensearch"] = [9200, 9300],
        ["memcached"] = [11211],
        ["rabbitmq"] = [5672],
        ["nats"] = [4222],
        ["kafka"] = [9092],
        ["zookeeper"] = [2181],
        ["cassandra"] = [9042],
        ["neo4j"] = [7474, 7687],
        ["influxdb"] = [8086],
        ["couchdb"] = [5984],
        ["clickhouse"] = [8123, 9000],
        ["clickhouse-server"] = [8123, 9000],
        ["mssql-server"] = [1433],
        ["oracle-xe"] = [1521],
        ["oracle-free"] = [1521],
        ["solr"] = [8983],
        ["vault"] = [8200],
        ["consul"] = [8500],
        ["etcd"] = [2379],
        ["minio"] = [9000],
        ["localstack"] = [4566],
        ["dynamodb-local"] = [8000],
        ["registry"] = [5000],
        ["mailhog"] = [1025, 8025],
        ["mailpit"] = [1025, 8025],
        ["nginx"] = [80],
        ["httpd"] = [80],
        ["caddy"] = [80],
        ["traefik"] = [80],
        ["wordpress"] = [80],
        ["tomcat"] = [8080],
        ["jetty"] = [8080],
        ["jenkins"] = [8080],
        ["wiremock"] = [8080],
        ["keycloak"] = [8080],
        ["sonarqube"] = [9000],
        ["swagger-ui"] = [8080],
        ["adminer"] = [8080],
        ["phpmyadmin"] = [80],
        ["httpbin"] = [80],
        ["nginx-unprivileged"] = [8080],
        ["mockserver"] = [1080],
        ["hub"] = [4444],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the service listens on: what its command or variables say, else what its image usually does.</summary>
    public static IReadOnlyList<int> Of(ServiceView service)
    {
        if (service.IsDind) return [service.Variable("DOCKER_TLS_CERTDIR") is "" ? 2375 : 2376];
        if (Told(service) is { } port) return [port];
        if (service.Image.Path.StartsWith("selenium/node-", StringComparison.Ordinal)) return [5555];
        if (service.Image.Family.StartsWith("standalone-", StringComparison.Ordinal) || service.Image.Says("selenium")) return [4444];
        if (service.Image.Path.EndsWith("mssql/server", StringComparison.Ordinal)) return [1433];
        return ByFamily.GetValueOrDefault(service.Image.Family) ?? [];
    }

    private static int? Told(ServiceView service)
    {
        var words = service.Service.Command;
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (word is "-p" or "--port" or "-port" or "--http-port" or "--addr" && at + 1 < words.Count && Number(words[at + 1]) is { } next) return next;
            if (word.StartsWith("--port=", StringComparison.Ordinal) && Number(word[7..]) is { } given) return given;
            if (word.StartsWith("-p", StringComparison.Ordinal) && word.Length > 2 && Number(word[2..]) is { } glued) return glued;
        }

        foreach (var (name, setting) in service.Service.Variables)
            if (name != "HEALTHCHECK_TCP_PORT" && name.EndsWith("PORT", StringComparison.Ordinal) && Number(setting.Value) is { } value) return value;
        return null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536 ? port : null;
}
