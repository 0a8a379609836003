using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

/// <summary>Names without a slash that Docker Hub has: its official images (github.com/docker-library/official-images, <c>library/</c>), those that ended too.</summary>
internal static class OfficialImages
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        """
        adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash bonita buildpack-deps busybox
        caddy cassandra celery centos chronograf cirros clearlinux clefos clickhouse clojure composer consul convertigo couchbase couchdb crate crux
        dart debian django docker docker-dev drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang euleros express-gateway
        fedora flink fluentd fsharp gazebo gcc geonetwork ghost glassfish golang gradle groovy haproxy haskell haxe hello-seattle hello-world hipache hitch hola-mundo httpd hylang
        ibmjava ibm-semeru-runtimes influxdb iojs irssi java jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana known kong koko krakend
        lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express mono monica mysql
        nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty openjdk opensuse opensuse/leap oraclelinux orientdb
        percona perl photon php php-zendserver phpmyadmin piwik plone postfixadmin postgres pypy python r-base rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb
        rockylinux rocket.chat ros ruby rust sapmachine satosa scala scratch sentry silverpeas sl solr sonarqube sourcemage spark spiped storm swarm swift swipl
        teamspeak telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart unit valkey varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    public static bool Has(string name) => Names.Contains(name);
}
