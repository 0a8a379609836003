namespace MigrationPortal.World;

/// <summary>Hands each input to the desk that knows it.</summary>
internal sealed class Desks(Engine engine)
{
    private readonly RunnerDesk runners = new(engine);
    private readonly ManagerDesk managers = new(engine);
    private readonly ProjectDesk projects = new(engine);
    private readonly JobDesk jobs = new(engine);
    private readonly FaultDesk faults = new(engine);

    public InputResult Apply(WorldInput input) => input switch
    {
        UpdateRunner i => runners.Update(i),
        CreateRunner i => runners.Create(i),
        DeleteRunner i => runners.Delete(i),
        ResetRunnerToken i => runners.ResetToken(i),
        AssignRunner i => runners.Assign(i),
        UnassignRunner i => runners.Unassign(i),
        ConnectManager i => managers.Connect(i),
        DisconnectManager i => managers.Disconnect(i),
        StopManager i => managers.Stop(i),
        CreateVariable i => projects.Create(i),
        UpdateVariable i => projects.Update(i),
        DeleteVariable i => projects.Delete(i),
        UpdateProject i => projects.Update(i),
        UpdateGroup i => projects.Update(i),
        CreateHook i => projects.Create(i),
        UpdateHook i => projects.Update(i),
        DeleteHook i => projects.Delete(i),
        CreateBroadcast i => projects.Create(i),
        UpdateBroadcast i => projects.Update(i),
        DeleteBroadcast i => projects.Delete(i),
        CreateBranch i => engine.Repositories.Create(i),
        DeleteBranch i => engine.Repositories.Delete(i),
        CreateCommit i => engine.Repositories.Create(i),
        OpenMergeRequest i => engine.Repositories.Open(i),
        UpdateMergeRequest i => engine.Repositories.Update(i),
        AcceptMergeRequest i => engine.Repositories.Accept(i),
        RunPipeline i => jobs.Run(i),
        RetryPipeline i => jobs.Retry(i),
        CancelPipeline i => jobs.Cancel(i),
        RetryJob i => jobs.Retry(i),
        CancelJob i => jobs.Cancel(i),
        PlayJob i => jobs.Play(i),
        EraseJob i => jobs.Erase(i),
        ChangeUser i => UserDesk.Change(i, engine),
        StartIncident i => faults.Start(i),
        EndIncident i => faults.End(i),
        StartLoad i => engine.Rush.Start(i),
        GoDark i => engine.Darkness.Start(i),
        ComeBack i => engine.Darkness.End(i),
        DescribePods i => engine.Smoke.Describe(i, engine.Fleet),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "No desk takes this input."),
    };
}
