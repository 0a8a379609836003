using System.Security.Claims;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.Help;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Lets a caller at a thread: administrators at every one, everybody else at those of the projects that they maintain. Somebody else's is not there.</summary>
public sealed class HelpDoor(IHelpStore threads, OwnProjects own)
{
    /// <param name="admin">The scope that opens every thread.</param>
    /// <returns>Null: there is none, or none for this caller.</returns>
    public async Task<HelpThread?> OpenAsync(ClaimsPrincipal caller, long id, TokenScope admin, CancellationToken cancel)
    {
        if (await threads.FindAsync(id, cancel) is not { } thread) return null;
        return caller.Holds(admin) || await IsOwnAsync(caller, thread.Project, cancel) ? thread : null;
    }

    public async Task<bool> IsOwnAsync(ClaimsPrincipal caller, ProjectId project, CancellationToken cancel) => await own.OfAsync(caller, cancel) is { } mine && mine.Any(one => one.Id == project);

    /// <summary>Whether the caller speaks for those who answer: not who asked, and not one of the project's people without an administrator's right.</summary>
    public static bool Answers(ClaimsPrincipal caller, HelpThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return caller.Holds(TokenScope.Operate) && caller.Actor() != thread.OpenedBy;
    }
}
