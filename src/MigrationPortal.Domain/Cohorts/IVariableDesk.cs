using System.Text;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// CI/CD variables of a project (maintainers) or a group (owners), by key and environment scope (gitlab-api.md 7.5).
/// Refusals carry a <see cref="DeskCode"/>.
/// </summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer.</exception>
public interface IVariableDesk
{
    /// <returns>Null when there is none of this key and scope; whether the project is there is told apart.</returns>
    Task<Outcome<CiVariable?>> FindAsync(GitLabCaller caller, VariablePlace place, string key, string scope, CancellationToken cancel);

    /// <summary>All of them without their values: other people's secrets stay where they are.</summary>
    Task<Outcome<IReadOnlyList<CiVariable>>> ListAsync(GitLabCaller caller, VariablePlace place, CancellationToken cancel);

    /// <returns><see cref="DeskCode.Conflict"/> when key and scope are taken.</returns>
    Task<Outcome<CiVariable>> CreateAsync(PersonToken person, VariablePlace place, NewVariable wanted, CancellationToken cancel);

    /// <summary>Another value; whether it is protected, masked or expanded stays as it is.</summary>
    Task<Outcome<CiVariable>> UpdateAsync(PersonToken person, VariablePlace place, string key, string scope, string value, CancellationToken cancel);

    /// <returns>False when there was none.</returns>
    Task<Outcome<bool>> DeleteAsync(PersonToken person, VariablePlace place, string key, string scope, CancellationToken cancel);
}

/// <summary>Whose variable it is. A project's wins over its groups'.</summary>
public abstract record VariablePlace(InstanceId Instance, long Number)
{
    public sealed record OfProject(ProjectId Project) : VariablePlace(Project.Instance, Project.Number);

    public sealed record OfGroup(GroupId Group) : VariablePlace(Group.Instance, Group.Number);
}

/// <param name="Key">Letters, digits and <c>_</c>, at most 255.</param>
/// <param name="Protected">Then it does not reach unprotected branches, where a job's tag would stay unexpanded and the job stuck.</param>
public sealed record NewVariable(string Key, string Value, string Scope = CiVariable.EveryScope, bool Protected = false, string? Description = null)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Key).Append(", ").Append(Scope);
        return true;
    }
}

/// <param name="Value">Null for hidden ones, and in lists.</param>
/// <param name="Scope">Environments it is for; <see cref="EveryScope"/> is all.</param>
/// <param name="IsFile">Its value reaches jobs as a file's path.</param>
/// <param name="Raw">Not expanded.</param>
public sealed record CiVariable(string Key, string? Value, string Scope, bool Protected, bool Masked, bool Hidden, bool Raw, bool IsFile)
{
    public const string EveryScope = "*";

    // Values are secrets as often as not, and records print themselves.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Key).Append(", ").Append(Scope);
        return true;
    }
}
