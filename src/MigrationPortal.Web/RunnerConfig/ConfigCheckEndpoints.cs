using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Identity;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Stateless: what is wrong with a runner's configuration, and who its jobs run as. What is sent is read and forgotten.</summary>
internal static class ConfigCheckEndpoints
{
    /// <summary>Bytes: the longest text that is read, with every character escaped.</summary>
    internal const long LongestBody = 12 * 1024 * 1024;

    private const int LongestUser = 200;

    private const int MostServices = 50;

    private const string IdentityDescription = """
        As gitlab-runner finds it out: the container's security context, else the pod's, else what the job asks for where it is allowed, else the image; uid and gid apart from each other.
        `uidFrom` and `gidFrom` are the key that decides, such as `runners[0].kubernetes.pod_security_context.run_as_user`, or `job`, or `image`. A wish that is refused does not fail a job: it comes as a warning, and the image decides.
        """;

    public static void MapConfigChecks(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/runner-config").RequireScope(TokenScope.Read).WithTags("Runner configurations").WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        group.MapPost("/validate", Validate)
            .WithSummary("What is wrong with a config.toml, or will not do what it seems to: each finding with code, key, line, reason and remedy")
            .WithDescription($"Codes: {string.Join("; ", CheckCodes.All.Select(one => $"`{one.Code}` {one.Means}"))}");
        group.MapPost("/identity", Identity).WithSummary("Who the containers of a job run as: uid and gid with the key that decides, and what gitlab-runner warns of").WithDescription(IdentityDescription);
    }

    private static Results<Ok<ConfigCheckView>, ProblemHttpResult> Validate(ValidateBody body)
    {
        var errors = new RequestErrors();
        if (body.Toml is null) errors.Add("toml", "Needed: the text of a config.toml.");
        var target = RunnerVersion.Read("targetVersion", body.TargetVersion, errors);
        var facts = body.NamespacePolicy?.Read(errors);
        if (errors.Any) return errors.ToProblem();
        return TypedResults.Ok(new ConfigCheckView([.. ValidateConfig.Of(body.Toml!, target, facts).Select(one => new ConfigFindingView(one.Code, one.Key, one.Line, one.Severity, one.Message, one.Remedy))]));
    }

    private static Results<Ok<IdentityView>, ProblemHttpResult> Identity(IdentityBody body)
    {
        var errors = new RequestErrors();
        if (body.JobUser?.Length > LongestUser) errors.Add("jobUser", $"At most {LongestUser} characters.");
        if (body.ServiceUser?.Length > LongestUser) errors.Add("serviceUser", $"At most {LongestUser} characters.");
        if (body.Services?.Count > MostServices) errors.Add("services", $"At most {MostServices}.");
        if (body.Services?.Any(one => one?.Name is not { Length: > 0 and <= LongestUser } || one.User?.Length > LongestUser) == true) errors.Add("services", $"Each needs a name, and neither name nor user above {LongestUser} characters.");
        var runner = Runner(body, errors);
        if (errors.Any) return errors.ToProblem();

        var asked = body.Services is { Count: > 0 } services ? new AskedIdentity(body.JobUser, [.. services.Select(one => KeyValuePair.Create(one.Name!, one.User))]) : AskedIdentity.Of(body.JobUser, body.ServiceUser);
        var found = ResolveIdentity.Of(runner!, asked);
        return TypedResults.Ok(new IdentityView(runner!.Runner.Path, [.. found.Containers.Select(one => new ContainerIdentityView(one.Name, one.Uid, one.Gid, one.UidFrom, one.GidFrom))], found.Warnings));
    }

    private static KubernetesSection? Runner(IdentityBody body, RequestErrors errors)
    {
        if (body.Toml is null)
        {
            errors.Add("toml", "Needed: the text of a config.toml.");
            return null;
        }

        var reading = ConfigDocument.Read(body.Toml);
        if (reading.Document is not { } document)
        {
            errors.Add("toml", $"It is no TOML: see line {reading.Faults[0].Line}.");
            return null;
        }

        var runners = KubernetesSection.Of(document);
        if (runners.Count == 0) errors.Add("toml", "It has no runner of the Kubernetes executor: executor = \"kubernetes\", or a section [runners.kubernetes].");
        else if (body.RunnerName is { } name)
        {
            if (runners.FirstOrDefault(one => one.Runner.Name == name) is { } named) return named;
            errors.Add("runnerName", "No runner of the Kubernetes executor has that name.");
        }
        else if (body.Runner is { } index)
        {
            if (runners.FirstOrDefault(one => one.Runner.Index == index) is { } there) return there;
            errors.Add("runner", $"No runner of the Kubernetes executor stands there. Use one of: {string.Join(", ", runners.Take(20).Select(one => one.Runner.Index))}.");
        }
        else return runners[0];
        return null;
    }
}
