using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Who may do what with a runner, by GitLab's runner policy.</summary>
internal static class RunnerRights
{
    public static bool MayRead(ApiCall call, Runner runner) => call.IsAdmin || runner.Type switch
    {
        RunnerType.Instance => call.Caller is not null,
        RunnerType.Group => call.LevelIn(runner.Group!) >= AccessLevel.Maintainer,
        _ => runner.Projects.Any(p => call.LevelIn(p) >= AccessLevel.Maintainer),
    };

    public static bool MayUpdate(ApiCall call, Runner runner) => call.IsAdmin || runner.Type switch
    {
        RunnerType.Instance => false,
        RunnerType.Group => call.LevelIn(runner.Group!) >= AccessLevel.Owner,
        _ => runner.Projects.Count > 0 && call.LevelIn(runner.Projects[0]) >= AccessLevel.Maintainer,
    };

    /// <summary>What <c>GET /runners</c> lists and GraphQL shows.</summary>
    public static bool MayManage(ApiCall call, Runner runner) => call.IsAdmin || runner.Type switch
    {
        RunnerType.Instance => false,
        RunnerType.Group => call.LevelIn(runner.Group!) >= AccessLevel.Owner,
        _ => runner.Projects.Any(p => call.LevelIn(p) >= AccessLevel.Maintainer),
    };

    /// <summary><c>read_builds</c>: instance runners only for administrators.</summary>
    public static bool MayReadJobs(ApiCall call, Runner runner) =>
        call.IsAdmin || (runner.Type != RunnerType.Instance && MayUpdate(call, runner));

    /// <summary>Null and the runner, or the refusal.</summary>
    public static ApiAnswer? Find(ApiCall call, Func<ApiCall, Runner, bool> allowed, out Runner runner, string route = "id")
    {
        runner = call.World.Fleet.Find((int)Math.Min(int.MaxValue, call.RouteId(route)))!;
        return call.BadId(route) ?? (runner is null ? ApiAnswer.NotFound("Runner")
            : allowed(call, runner) ? null
            : ApiAnswer.Forbidden("No access granted"));
    }
}
