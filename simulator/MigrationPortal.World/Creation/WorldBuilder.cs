namespace MigrationPortal.World;

/// <summary>Makes everything there is before the first second of history.</summary>
internal sealed class WorldBuilder(Engine engine)
{
    public void Build()
    {
        var people = new PeopleBuilder(engine);
        people.Build();
        var projects = new ProjectBuilder(engine, people);
        projects.Build();
        new FleetBuilder(engine).Build();
        new ActivityBuilder(engine, projects).Build();
        PlanIncidents();
    }

    /// <summary>Some weeks have an evil hour: mostly one executor, sometimes everything.</summary>
    private void PlanIncidents()
    {
        if (engine.Options.IsQa || engine.Options.IsQuiet)
        {
            return;
        }

        var list = engine.Faults.IncidentList;
        for (var day = 0; day < 120; day++)
        {
            var draw = new Draw(engine.Options.Seed, For.Incident, day);
            if (draw.Unit() < engine.Options.IncidentDays)
            {
                var start = WorldTime.From(engine.NowMs + (day * WorldTime.Day)).AddMinutes(draw.Below(1440, 1));
                var reach = draw.Below(4, 2) switch
                {
                    0 => new IncidentReach(Executor.DockerMachine),
                    1 => new IncidentReach(Executor.Kubernetes),
                    2 => new IncidentReach(Executor.Docker),
                    _ => new IncidentReach(),
                };
                list.Add(new Incident(
                    list.Count + 1, "Registry trouble", reach, 0.04 + (draw.Unit(3) * 0.1), start, start.AddMinutes(15 + draw.Below(45, 4))));
            }
        }
    }
}
