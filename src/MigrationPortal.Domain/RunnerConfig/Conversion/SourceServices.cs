namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The services of a docker runner, looked at once: which of them go along, where they land, and which ports clash.</summary>
internal sealed class SourceServices
{
    /// <summary>Ports that images of these names open; two services on one port cannot live in a pod.</summary>
    private static readonly (string Image, int Port)[] Ports =
        [("mysql", 3306), ("mariadb", 3306), ("percona", 3306), ("postgres", 5432), ("postgis", 5432), ("redis", 6379), ("valkey", 6379), ("mongo", 27017), ("elasticsearch", 9200), ("opensearch", 9200), ("selenium", 4444), ("rabbitmq", 5672), ("memcached", 11211), ("nginx", 80), ("httpd", 80), ("dind", 2375)];

    private readonly List<int?> _places = [];
    private readonly Dictionary<int, int> _ports = [];

    public SourceServices(ConfigTable docker)
    {
        var next = 0;
        foreach (var service in docker.Tables("services"))
        {
            var image = service.Text("name") ?? "";
            _places.Add(string.IsNullOrWhiteSpace(image) ? null : next++);
            if (PortOf(image) is { } port) _ports[port] = _ports.GetValueOrDefault(port) + 1;
        }
    }

    /// <summary>Where it lands among the services of the result, from 0; null: it names no image and is left out.</summary>
    public int? PlaceOf(int index) => index < _places.Count ? _places[index] : 0;

    /// <summary>The port that another service opens too; null: none.</summary>
    public int? Clash(string image) => PortOf(image) is { } port && _ports.GetValueOrDefault(port) > 1 ? port : null;

    private static int? PortOf(string image)
    {
        var name = image.Split('@')[0].Split('/')[^1];
        foreach (var (known, port) in Ports)
            if (name.Split(':')[0].Contains(known, StringComparison.Ordinal) || (known == "dind" && name.Contains("dind", StringComparison.Ordinal))) return port;
        return null;
    }
}
