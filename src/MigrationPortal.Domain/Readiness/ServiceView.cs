using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Readiness;

/// <summary>A service of a job, its names and ports worked out.</summary>
public sealed class ServiceView
{
    private const int MostAliases = 64;

    private readonly CiVariables _job;

    internal ServiceView(CiService service, CiVariables job)
    {
        (Service, _job) = (service, job);
        Image = ImageName.Of(service.Image, job);
        Aliases = [.. service.Aliases.Distinct(StringComparer.Ordinal).Take(MostAliases).Select(job.ExpandOne)];
    }

    public CiService Service { get; }

    public ImageName Image { get; }

    /// <summary>Those that the file gives.</summary>
    public IReadOnlyList<string> Aliases { get; }

    public int Line => Service.Image.Line;

    public bool IsDind => Image.Says("dind");

    /// <summary>Names that both runners give by themselves: of <c>group/postgres</c> these are <c>group__postgres</c> and <c>group-postgres</c>.</summary>
    public IEnumerable<string> OwnNames
    {
        get
        {
            var path = Image.Host is { } host ? $"{host.Split(':')[0]}/{Image.Path}" : Image.Path;
            yield return path.Replace("/", "__", StringComparison.Ordinal);
            yield return path.Replace('/', '-');
        }
    }

    public bool IsCalled(string host) => Aliases.Contains(host, StringComparer.Ordinal) || OwnNames.Contains(host, StringComparer.Ordinal);

    /// <summary>Its own variable, else the job's, which reach services too.</summary>
    public string? Variable(string name) => Setting(name)?.Value;

    public CiSetting? Setting(string name) =>
        Service.Variables.TryGetValue(name, out var own) ? own : _job.Of(name).FirstOrDefault() is { } one ? new CiSetting(one.Value, one.Line) : null;
}
