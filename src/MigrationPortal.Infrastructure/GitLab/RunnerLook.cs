using System.Globalization;
using System.Text;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>What an operation looks at of some runners, in one GraphQL request: the attributes that it changes, and the note.</summary>
internal static class RunnerLook
{
    /// <summary>Eight points each, below an administrator's limit of 300 a request (gitlab-api.md 4).</summary>
    public const int AtOnce = 32;

    private const string Fields = "fragment look on CiRunner{id tagList runUntagged paused accessLevel maintenanceNote}";

    public static GraphQlQuery Query(IReadOnlyList<RunnerId> runners)
    {
        var query = new StringBuilder("query{");
        foreach (var runner in runners) query.Append(CultureInfo.InvariantCulture, $"r{runner.Number}:runner(id:\"gid://gitlab/Ci::Runner/{runner.Number}\"){{...look}}");
        return new GraphQlQuery(query.Append("} ").Append(Fields).ToString(), new GraphQlVariables());
    }

    /// <summary>Those that GitLab shows, by number.</summary>
    public static IReadOnlyDictionary<long, RunnerNode> Seen(IReadOnlyDictionary<string, RunnerNode?>? data) =>
        (data?.Values ?? []).OfType<RunnerNode>().Where(node => GlobalId.Number(node.Id) is not null).ToDictionary(node => GlobalId.Number(node.Id)!.Value);

    public static RunnerAttributes Attributes(this RunnerNode node) =>
        new(TagSet.Of(node.TagList ?? []), node.RunUntagged, node.Paused, GitLabWords.Access(node.AccessLevel));
}
