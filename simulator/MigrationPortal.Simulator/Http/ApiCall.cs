using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>One call inside the world's lock: who calls, with what, and the ways to look things up that refuse in
/// GitLab's words. Lookups return the refusal, or null and the thing.</summary>
internal sealed class ApiCall(HttpContext http, Instance instance, GitLabWorld world, Parameters parameters, AccessToken? token)
{
    public HttpContext Http => http;

    public Instance Instance => instance;

    public GitLabWorld World => world;

    public Parameters Params => parameters;

    public AccessToken? Token => token;

    public DateTimeOffset Now => world.Now;

    /// <summary>Null for anonymous calls.</summary>
    public User? Caller { get; } = token is null ? null : world.Directory.FindUser(token.Username);

    public User Me => Caller ?? throw new InvalidOperationException("The route lets anonymous callers in.");

    public bool IsAdmin => Caller is { IsAdmin: true };

    /// <summary>Scheme, host and path base, without a trailing slash.</summary>
    public string BaseUrl { get; } = http.InstanceUrl();

    /// <summary>An input was accepted: the journal must have it before the answer leaves.</summary>
    public bool Changed { get; private set; }

    public string Route(string name) => http.Request.RouteValues[name]?.ToString()?
        .Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) ?? "";

    /// <summary>A route value that must be a positive number; 0 when it is not, which finds nothing.</summary>
    public long RouteId(string name) => long.TryParse(Route(name), out var id) ? id : 0;

    /// <summary>400 when a route value that must be a number is none.</summary>
    public ApiAnswer? BadId(string name) => long.TryParse(Route(name), out _) ? null : ApiAnswer.Error(400, $"{name} is invalid");

    public InputResult Apply(WorldInput input)
    {
        var result = world.Apply(input);
        Changed |= result.Ok;
        return result;
    }

    /// <summary>Applies and answers with what came of it, or the refusal.</summary>
    public ApiAnswer Apply<T>(WorldInput input, Func<T, ApiAnswer> answer)
    {
        var result = Apply(input);
        return result.Refusal is { } no ? ApiAnswer.Of(no) : answer(result.Get<T>());
    }

    /// <summary>204 when done.</summary>
    public ApiAnswer ApplyNoContent(WorldInput input) => Apply(input).Refusal is { } no ? ApiAnswer.Of(no) : ApiAnswer.NoContent;

    public AccessLevel LevelIn(Project project) => Caller is null ? AccessLevel.None
        : IsAdmin ? AccessLevel.Owner
        : world.Directory.AccessTo(Caller, project);

    public AccessLevel LevelIn(Group group) => Caller is null ? AccessLevel.None
        : IsAdmin ? AccessLevel.Owner
        : world.Directory.AccessTo(Caller, group);

    public bool CanSee(Project project) => project.Visibility switch
    {
        Visibility.Public => true,
        Visibility.Internal when Caller is not null => true,
        _ => LevelIn(project) > AccessLevel.None,
    };

    /// <summary>404 for what the caller may not even see, 403 below <paramref name="least"/>.</summary>
    public ApiAnswer? FindProject(AccessLevel least, out Project project)
    {
        var key = Route("id");
        project = (int.TryParse(key, out var id) ? world.Directory.FindProject(id) : world.Directory.FindProject(key))!;
        if (project is null || !CanSee(project))
        {
            return ApiAnswer.NotFound("Project");
        }

        return LevelIn(project) < least ? ApiAnswer.Forbidden() : null;
    }

    public ApiAnswer? FindGroup(AccessLevel least, out Group group)
    {
        var key = Route("id");
        group = (int.TryParse(key, out var id) ? world.Directory.FindGroup(id) : world.Directory.FindGroup(key))!;
        if (group is null)
        {
            return ApiAnswer.NotFound("Group");
        }

        return LevelIn(group) < least ? ApiAnswer.Forbidden() : null;
    }
}
