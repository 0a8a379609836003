using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>A CI file that other projects include: a template or a component.</summary>
/// <param name="Project">Full path of the project that it lies in.</param>
/// <param name="File">Without leading slash.</param>
public sealed record CiTemplate(long Id, InstanceId Instance, string Project, string File)
{
    public string Name => $"{Project}: {File}";
}

/// <param name="Ref">The branch, tag or commit that the include names; null: the default branch of the template's project.</param>
public sealed record TemplateUse(ProjectId Project, string FullPath, string Branch, string? Ref);

/// <param name="Owner">The project that it lies in; null: the portal does not know it.</param>
/// <param name="OwnerBranch">Its default branch.</param>
/// <param name="Uses">By path; projects that are archived are left out.</param>
public sealed record TemplateUses(CiTemplate Template, ProjectId? Owner, string? OwnerBranch, IReadOnlyList<TemplateUse> Uses)
{
    /// <summary>Those that a change of the default branch reaches: whoever names another ref chose it.</summary>
    public IEnumerable<TemplateUse> Reached => Uses.Where(one => one.Ref is null or "HEAD" || one.Ref == OwnerBranch);
}

public interface ITemplateStore
{
    /// <summary>Every file that scanned projects include from another project, by project and file.</summary>
    Task<IReadOnlyList<TemplateUses>> ListAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Whether a scan ever named a file of one of these projects: asked for everybody's page, and so without opening any scan.</summary>
    Task<bool> AnyInAsync(InstanceId instance, IReadOnlyCollection<ProjectId> owners, CancellationToken cancel);
}

/// <summary>One merge request to a template's owner, or what stands of it.</summary>
/// <param name="Change">The texts before and after.</param>
/// <param name="Request">That makes the change.</param>
/// <param name="Back">That takes it out; null before it is asked for.</param>
/// <param name="Projects">Those that it carries along, by number.</param>
public sealed record TemplateMove(
    long Id, CiTemplate Template, ProjectId Owner, SharedMoveState State, Edits.CiEditRecord Change, Moves.MoveRecord.Request Request, Moves.MoveRecord.Request? Back,
    IReadOnlyList<long> Projects, string? Reason, Actor By, DateTimeOffset Since, long Version)
{
    /// <summary>The merge request that people have before them.</summary>
    public string? Address => State switch { SharedMoveState.Moving => Request.Address, SharedMoveState.Returning => Back?.Address, _ => null };

    /// <exception cref="InvalidOperationException">The table of transitions forbids it: a bug, because refusals come before.</exception>
    public TemplateMove Go(SharedMoveState to, Actor by, DateTimeOffset at, string? reason)
    {
        if (!SharedMoveTransitions.Allows(State, to)) throw new InvalidOperationException($"A template's move never goes from {State} to {to}.");
        return this with { State = to, By = by, Since = at, Reason = reason };
    }
}

public interface ITemplateMoveStore
{
    /// <summary>Active ones, by template and file.</summary>
    Task<IReadOnlyList<TemplateMove>> ActiveAsync(InstanceId instance, CancellationToken cancel);

    /// <returns>With its id and version; null when the template has an active one.</returns>
    Task<TemplateMove?> AddAsync(TemplateMove move, CancellationToken cancel);

    /// <summary>State, requests, projects, reason and who, if it is still in the expected state and version.</summary>
    /// <returns>With its new version; null when it is not.</returns>
    Task<TemplateMove?> SaveAsync(TemplateMove move, SharedMoveState expected, CancellationToken cancel);
}
