using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Web.RunnerConfig;

/// <param name="Code">One of a fixed list, such as unknown-key; syntax where the text is no TOML.</param>
/// <param name="Key">Where, such as runners[0].kubernetes.pull_policy; of a key that is missing, where it would stand; empty: the whole file.</param>
/// <param name="Line">From 1; of a key that is missing, that of its section.</param>
/// <param name="Severity">error: it will not load, the pod is refused, or it has no effect; warning: probably not as it is meant; info: good to know.</param>
public sealed record ConfigFindingView(string Code, string Key, int Line, CheckSeverity Severity, string Message, string Remedy);

/// <param name="Findings">By line, the worst of a line first.</param>
public sealed record ConfigCheckView(IReadOnlyList<ConfigFindingView> Findings);

/// <param name="Name">build, helper, init-permissions, or a service's: service where none is named.</param>
/// <param name="Uid">Null: the image decides.</param>
/// <param name="Gid">Null: the image decides, or else the container runtime, usually for 0.</param>
/// <param name="UidFrom">The key that decides, such as runners[0].kubernetes.pod_security_context.run_as_user; job: the job asked and may; image: nobody says it.</param>
/// <param name="GidFrom">The same of the gid.</param>
public sealed record ContainerIdentityView(string Name, long? Uid, long? Gid, string UidFrom, string GidFrom);

/// <param name="Runner">Which runner it is about, such as runners[0].</param>
/// <param name="Warnings">What gitlab-runner writes about it, in its own words, and what follows where it says nothing.</param>
public sealed record IdentityView(string Runner, IReadOnlyList<ContainerIdentityView> Containers, IReadOnlyList<string> Warnings);
