using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>The filters and orders of project lists.</summary>
internal sealed class ProjectFilter
{
    private static readonly int[] Levels = [10, 15, 20, 30, 40, 50];
    private static readonly string[] Orders =
        ["id", "name", "path", "created_at", "updated_at", "last_activity_at", "similarity", "star_count"];

    private readonly List<Func<Project, bool>> tests = [];
    private readonly string order;
    private readonly bool ascending;

    private ProjectFilter(ApiCall call)
    {
        order = call.Params.OneOf("order_by", Orders) ?? "created_at";
        ascending = call.Params.OneOf("sort", "asc", "desc") == "asc";
        OrderByRefusal = KeysetPage.Wanted(call) && order != "id"
            ? ApiAnswer.Error(405, "Keyset pagination is not yet available for this type of request")
            : (call.Params.Text("updated_after") ?? call.Params.Text("updated_before")) is not null && call.Params.Text("order_by") is not (null or "updated_at")
            ? ApiAnswer.Message(400, "400 Bad request - `updated_at` filter and `updated_at` sorting must be paired")
            : null;
    }

    /// <summary>405 for keyset paging by anything but the id, 400 for a filter by time of update with another order.</summary>
    public ApiAnswer? OrderByRefusal { get; }

    public bool Simple { get; private set; }

    public static ProjectFilter Of(ApiCall call)
    {
        var filter = new ProjectFilter(call);
        filter.tests.Add(call.CanSee);
        filter.AddMembership(call);
        filter.AddState(call.Params);
        filter.AddTexts(call.Params);
        filter.AddRanges(call.Params);
        filter.Simple = call.Params.Flag("simple") is true || call.Caller is null;
        return filter;
    }

    public IReadOnlyList<Project> Apply(IEnumerable<Project> projects)
    {
        var kept = projects.Where(p => tests.TrueForAll(t => t(p)));
        Func<Project, IComparable> key = order switch
        {
            "name" => p => p.Name,
            "path" => p => p.Path,
            "updated_at" => p => p.UpdatedAt,
            "last_activity_at" => p => p.LastActivityAt,
            "created_at" => p => p.CreatedAt,
            _ => p => p.Id,
        };
        return ascending
            ? [.. kept.OrderBy(key).ThenBy(p => p.Id)]
            : [.. kept.OrderByDescending(key).ThenByDescending(p => p.Id)];
    }

    // Membership is one's own: an administrator who is in no project gets none.
    private void AddMembership(ApiCall call)
    {
        var directory = call.World.Directory;
        if (call.Params.Flag("membership") is true)
        {
            tests.Add(p => call.Caller is { } me && directory.AccessTo(me, p) > AccessLevel.None);
        }

        if (call.Params.Flag("owned") is true)
        {
            tests.Add(p => call.Caller is { } me && directory.AccessTo(me, p) == AccessLevel.Owner);
        }

        if (call.Params.Number("min_access_level") is { } least)
        {
            if (!Levels.Contains(least))
            {
                call.Params.Problem("min_access_level does not have a valid value");
            }

            tests.Add(p => call.Caller is { } me && (int)directory.AccessTo(me, p) >= least);
        }
    }

    private void AddState(Parameters p)
    {
        if (p.Flag("archived") is { } archived)
        {
            tests.Add(x => x.Archived == archived);
        }

        if (p.Flag("active") is { } active)
        {
            tests.Add(x => x.Archived != active);
        }

        if (p.OneOf("visibility", "private", "internal", "public") is { } visibility)
        {
            tests.Add(x => x.Visibility.Of() == visibility);
        }
    }

    private void AddTexts(Parameters p)
    {
        if (p.Text("search") is { Length: > 0 } search)
        {
            var deep = p.Flag("search_namespaces") is true;
            tests.Add(x => (deep ? x.FullPath + x.FullName : x.Path + x.Name).Contains(search, StringComparison.OrdinalIgnoreCase));
        }

        if (p.List("topic") is { Count: > 0 } topics)
        {
            tests.Add(x => topics.All(t => x.Topics.Contains(t, StringComparer.OrdinalIgnoreCase)));
        }
    }

    private void AddRanges(Parameters p)
    {
        if (p.Time("last_activity_after") is { } after)
        {
            tests.Add(x => x.LastActivityAt > after);
        }

        if (p.Time("last_activity_before") is { } before)
        {
            tests.Add(x => x.LastActivityAt < before);
        }

        if (p.Time("updated_after") is { } updatedAfter)
        {
            tests.Add(x => x.UpdatedAt > updatedAfter);
        }

        if (p.Time("updated_before") is { } updatedBefore)
        {
            tests.Add(x => x.UpdatedAt < updatedBefore);
        }

        if (p.Number("id_after") is { } idAfter)
        {
            tests.Add(x => x.Id > idAfter);
        }

        if (p.Number("id_before") is { } idBefore)
        {
            tests.Add(x => x.Id < idBefore);
        }
    }
}
