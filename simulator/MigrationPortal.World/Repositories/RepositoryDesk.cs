using System.Collections.Immutable;

namespace MigrationPortal.World;

/// <summary>Branches, commits and merge requests.</summary>
internal sealed class RepositoryDesk(Engine engine)
{
    private int lastRequest;
    private int lastCommit;

    public InputResult Create(CreateBranch input)
    {
        if (Find(input.ProjectId) is not { } project)
        {
            return InputResult.NotFound("Project");
        }

        if (project.Repository.FindBranch(input.Name) is not null)
        {
            return InputResult.No(RefusalKind.BadRequest, "Branch already exists");
        }

        if (Start(project, input.Ref) is not { } from)
        {
            return InputResult.No(RefusalKind.BadRequest, "Invalid reference name: " + input.Ref);
        }

        return InputResult.Done(Fork(project, input.Name, from));
    }

    public InputResult Delete(DeleteBranch input)
    {
        if (Find(input.ProjectId) is not { } project || project.Repository.FindBranch(input.Name) is not { } branch)
        {
            return InputResult.NotFound("Branch");
        }

        if (branch.Name == project.DefaultBranch)
        {
            return InputResult.No(RefusalKind.BadRequest, "Cannot remove HEAD branch");
        }

        if (project.IsProtected(branch.Name, false))
        {
            return InputResult.No(RefusalKind.Forbidden, "403 Forbidden - You don't have push access to this branch");
        }

        project.Repository.BranchMap.Remove(branch.Name);
        engine.Configs.FilesChanged();
        return InputResult.Done();
    }

    public InputResult Create(CreateCommit input)
    {
        if (Find(input.ProjectId) is not { } project || engine.Directory.FindUser(input.ById) is not { } user)
        {
            return InputResult.NotFound("Project");
        }

        var branch = project.Repository.FindBranch(input.Branch);
        if (branch is not null && !input.Force && (input.StartBranch ?? input.StartSha) is { } start && start != branch.Name && start != branch.HeadSha)
        {
            return InputResult.No(RefusalKind.BadRequest, $"A branch called '{branch.Name}' already exists. Switch to that branch in order to make changes");
        }

        if (!MayPush(project, user, input.Branch))
        {
            return InputResult.No(RefusalKind.BadRequest, "You are not allowed to push into this branch");
        }

        var from = branch is not null && !input.Force ? branch : Start(project, input.StartBranch ?? input.StartSha ?? input.Branch);
        if (from is null)
        {
            return InputResult.No(RefusalKind.BadRequest, "You can only create or edit files when you are on a branch");
        }

        var sha = NextSha();
        var (files, refusal) = FileActions.Apply(from.Files, input.Actions, sha);
        if (refusal is not null)
        {
            return InputResult.No(RefusalKind.BadRequest, refusal);
        }

        var commit = new Commit(
            sha, from.HeadSha, input.Message.Split('\n')[0], input.Message, input.AuthorName ?? user.Name,
            input.AuthorEmail ?? user.Email, WorldTime.From(engine.NowMs));
        branch ??= Fork(project, input.Branch, from);
        Move(project, branch, files!, commit);
        AfterPush(project, branch, user);
        return InputResult.Done(commit);
    }

    public InputResult Open(OpenMergeRequest input)
    {
        if (Find(input.ProjectId) is not { } project || engine.Directory.FindUser(input.ById) is not { } user)
        {
            return InputResult.NotFound("Project");
        }

        var list = project.Repository.MergeRequestList;
        if (project.Repository.FindBranch(input.SourceBranch) is not { } source)
        {
            return InputResult.No(RefusalKind.BadRequest, "Source branch \"" + input.SourceBranch + "\" does not exist");
        }

        if (project.Repository.FindBranch(input.TargetBranch) is null)
        {
            return InputResult.No(RefusalKind.BadRequest, "Target branch \"" + input.TargetBranch + "\" does not exist");
        }

        if (input.SourceBranch == input.TargetBranch)
        {
            return InputResult.No(RefusalKind.Unprocessable, "You can't use same project/branch for source and target");
        }

        if (list.Find(m => m.State == MergeRequestState.Opened && m.SourceBranch == input.SourceBranch && m.TargetBranch == input.TargetBranch) is { } open)
        {
            return InputResult.No(RefusalKind.Conflict, $"Another open merge request already exists for this source branch: !{open.Iid}");
        }

        var now = WorldTime.From(engine.NowMs);
        var request = new MergeRequest
        {
            Id = ++lastRequest,
            Iid = list.Count + 1,
            ProjectId = project.Id,
            SourceBranch = input.SourceBranch,
            TargetBranch = input.TargetBranch,
            Title = input.Title,
            Description = input.Description,
            Author = user,
            Labels = input.Labels ?? [],
            AssigneeIds = input.AssigneeIds ?? [],
            ReviewerIds = input.ReviewerIds ?? [],
            RemoveSourceBranch = input.RemoveSourceBranch,
            Squash = input.Squash,
            Sha = source.HeadSha,
            CreatedAt = now,
            UpdatedAt = now,
        };
        list.Add(request);
        request.HeadPipeline = engine.Pipelines.Create(
            project, new CiTrigger(PipelineSource.MergeRequestEvent, $"refs/merge-requests/{request.Iid}/head", false, source.Name), user, source.HeadSha).Pipeline;
        engine.Habits.PlanReview(request);
        return InputResult.Done(request);
    }

    public InputResult Update(UpdateMergeRequest input)
    {
        if (Request(input.ProjectId, input.Iid) is not { } request)
        {
            return InputResult.NotFound("Merge Request");
        }

        if (input.Open is { } open && request.State != MergeRequestState.Merged)
        {
            request.State = open ? MergeRequestState.Opened : MergeRequestState.Closed;
            request.ClosedAt = open ? null : WorldTime.From(engine.NowMs);
        }

        request.Title = input.Title ?? request.Title;
        request.Description = input.Description ?? request.Description;
        request.Labels = input.Labels ?? request.Labels;
        request.AssigneeIds = input.AssigneeIds ?? request.AssigneeIds;
        request.ReviewerIds = input.ReviewerIds ?? request.ReviewerIds;
        request.UpdatedAt = WorldTime.From(engine.NowMs);
        return InputResult.Done(request);
    }

    public InputResult Accept(AcceptMergeRequest input)
    {
        if (Request(input.ProjectId, input.Iid) is not { } request || engine.Directory.FindUser(input.ById) is not { } user)
        {
            return InputResult.NotFound("Merge Request");
        }

        var project = Find(input.ProjectId)!;
        return request.State != MergeRequestState.Opened || request.IsDraft || project.Repository.FindBranch(request.SourceBranch) is null
            ? InputResult.No(RefusalKind.MethodNotAllowed, "405 Method Not Allowed")
            : Merge(project, request, user) ? InputResult.Done(request)
            : InputResult.No(RefusalKind.Unprocessable, "Branch cannot be merged");
    }

    /// <summary>A maintainer decides by habit; a draft is left alone.</summary>
    public void Review(MergeRequest request)
    {
        var project = Find(request.ProjectId)!;
        if (request.State != MergeRequestState.Opened || request.IsDraft || project.Repository.FindBranch(request.SourceBranch) is null)
        {
            return;
        }

        var reviewer = engine.Directory.MembersOf(project)
            .Where(m => m.Level >= AccessLevel.Maintainer && m.User.State == UserState.Active && m.User != request.Author)
            .Select(m => m.User).FirstOrDefault() ?? request.Author;
        if (!engine.Habits.WillMerge(request) || !Merge(project, request, reviewer))
        {
            request.State = MergeRequestState.Closed;
            request.ClosedAt = request.UpdatedAt = WorldTime.From(engine.NowMs);
        }
    }

    private bool Merge(Project project, MergeRequest request, User user)
    {
        var source = project.Repository.FindBranch(request.SourceBranch)!;
        if (project.Repository.FindBranch(request.TargetBranch) is not { } target
            || FileActions.Merge(source.BaseFiles, source.Files, target.Files) is not { } files)
        {
            return false;
        }

        var now = WorldTime.From(engine.NowMs);
        var title = $"Merge branch '{source.Name}' into '{target.Name}'";
        var sha = NextSha();
        var commit = new Commit(sha, target.HeadSha, title, $"{title}\n\n{request.Title}", user.Name, user.Email, now);
        Move(project, target, FileActions.Restamp(target.Files, files, sha), commit);
        request.State = MergeRequestState.Merged;
        request.MergedAt = request.UpdatedAt = now;
        request.MergedBy = user;
        request.MergeCommitSha = sha;
        if (request.RemoveSourceBranch)
        {
            project.Repository.BranchMap.Remove(source.Name);
        }

        AfterPush(project, target, user);
        return true;
    }

    private void AfterPush(Project project, Branch branch, User user)
    {
        var pushed = engine.Pipelines.Create(project, new CiTrigger(PipelineSource.Push, branch.Name, false), user, branch.HeadSha).Pipeline;
        foreach (var request in project.Repository.MergeRequestList.Where(m => m.State == MergeRequestState.Opened && m.SourceBranch == branch.Name))
        {
            request.Sha = branch.HeadSha;
            request.HeadPipeline = engine.Pipelines.Create(
                project, new CiTrigger(PipelineSource.MergeRequestEvent, $"refs/merge-requests/{request.Iid}/head", false, branch.Name), user, branch.HeadSha).Pipeline ?? pushed;
        }
    }

    private bool MayPush(Project project, User user, string branch)
    {
        var rules = project.ProtectedBranchList.Where(p => p.Matches(branch)).ToList();
        return rules.Count == 0 || rules.Exists(r => r.PushAccess != AccessLevel.None
            && (user.IsAdmin || engine.Directory.AccessTo(user, project) >= r.PushAccess));
    }

    internal Branch Fork(Project project, string name, Branch? from)
    {
        var branch = new Branch
        {
            Name = name,
            HeadSha = from?.HeadSha ?? "",
            HeadAt = from?.HeadAt ?? WorldTime.From(engine.NowMs),
            Files = from?.Files ?? ImmutableSortedDictionary.Create<string, FileEntry>(StringComparer.Ordinal),
        };
        branch.BaseFiles = branch.Files;
        project.Repository.BranchMap.Add(name, branch);
        return branch;
    }

    internal void Move(Project project, Branch branch, ImmutableSortedDictionary<string, FileEntry> files, Commit commit)
    {
        branch.Files = files;
        branch.HeadSha = commit.Sha;
        branch.HeadAt = commit.At;
        project.Repository.CommitList.Add(commit);
        project.LastActivityAt = commit.At;
        engine.Configs.FilesChanged();
    }

    internal string NextSha() => new Draw(engine.Options.Seed, For.Sha, -(++lastCommit)).Sha();

    private static Branch? Start(Project project, string name) =>
        CodeHost.ResolveIn(project, name) is { } found && name != "HEAD" ? found : null;

    private Project? Find(int id) => engine.Directory.FindProject(id);

    private MergeRequest? Request(int projectId, int iid) =>
        Find(projectId)?.Repository.MergeRequestList.Find(m => m.Iid == iid);
}
