namespace MigrationPortal.World;

/// <summary>Jobs that GitLab's matching cannot tell apart: same tags, same protection, same project.</summary>
internal sealed class JobClass
{
    private long unservedMs;
    private long unservedSince = -1;
    private ulong[] can = [];

    public required TagSet Tags { get; init; }

    public required bool Protected { get; init; }

    public required Project Project { get; init; }

    /// <summary>Waiting jobs by id.</summary>
    public List<Job> Waiting { get; } = [];

    /// <summary>Managers that match, are not paused and poll now.</summary>
    public List<RunnerManager> Candidates { get; } = [];

    public int Jobs { get; set; }

    public int Finished { get; set; }

    /// <summary>Unserved milliseconds of jobs that wait no more.</summary>
    public long SettledUnservedMs { get; set; }

    /// <summary>Place in the dispatcher's list of classes with waiting jobs; -1 when none waits.</summary>
    public int ActiveAt { get; set; } = -1;

    public bool IsServed => Candidates.Count > 0;

    public bool CanGoTo(RunnerManager manager) =>
        (manager.Id >> 6) < can.Length && (can[manager.Id >> 6] & (1UL << (manager.Id & 63))) != 0;

    /// <summary>How long this class has been unserved since the world began.</summary>
    public long UnservedClock(long now) => unservedMs + (unservedSince < 0 ? 0 : now - unservedSince);

    public void Match(Fleet fleet, long now)
    {
        Candidates.Clear();
        can = new ulong[(fleet.LastManagerId >> 6) + 1];
        foreach (var runner in fleet.Runners)
        {
            if (runner.Paused || !Matching.Matches(runner, Tags, Protected, Project))
            {
                continue;
            }

            foreach (var manager in runner.ManagerList)
            {
                if (manager.IsPolling)
                {
                    Candidates.Add(manager);
                    can[manager.Id >> 6] |= 1UL << (manager.Id & 63);
                }
            }
        }

        if (IsServed && unservedSince >= 0)
        {
            unservedMs += now - unservedSince;
            unservedSince = -1;
        }
        else if (!IsServed && unservedSince < 0)
        {
            unservedSince = now;
        }
    }
}
