namespace MigrationPortal.World;

/// <summary>Chooses the jobs of one pipeline from a configuration: workflow, rules, only/except, variables, tags.</summary>
internal static class PipelinePlan
{
    /// <summary>The jobs, in order of stage and then of writing; empty when workflow or rules leave none.</summary>
    public static List<JobDefinition> Make(CiConfig config, CiTrigger trigger, CiVariables variables)
    {
        var yaml = variables.Over(config.Variables);
        if (config.WorkflowRules is { } workflow && Decide(workflow, yaml) is not { } allowed)
        {
            return [];
        }

        var chosen = new List<JobDefinition>();
        foreach (var job in config.Jobs)
        {
            if (!job.IsBridge && Choose(config, job, trigger, variables) is { } definition)
            {
                chosen.Add(definition);
            }
        }

        return [.. chosen.OrderBy(j => j.StageIndex)];
    }

    private static JobDefinition? Choose(CiConfig config, CiJob job, CiTrigger trigger, CiVariables variables)
    {
        var scope = variables.Over(job.Variables);
        var when = job.When;
        var allow = job.AllowFailure ?? (job.Rules is null && when == "manual");
        if (job.Rules is { } rules)
        {
            if (Decide(rules, scope) is not { } rule)
            {
                return null;
            }

            when = rule.When ?? when;
            allow = rule.AllowFailure ?? job.AllowFailure ?? false;
            foreach (var (key, value) in rule.Variables)
            {
                scope.SetMissing(key, value);
            }
        }
        else if (!(job.Only?.Matches(trigger, scope) ?? trigger.Source != PipelineSource.MergeRequestEvent)
            || (job.Except?.Matches(trigger, scope) ?? false))
        {
            return null;
        }

        if (when is "never")
        {
            return null;
        }

        return Define(config, job, scope.ExpandTags(job.Tags), When(when), allow);
    }

    private static CiRule? Decide(IReadOnlyList<CiRule> rules, CiVariables scope)
    {
        foreach (var rule in rules)
        {
            if (rule.If is null || rule.If.Holds(scope))
            {
                return rule.When == "never" ? null : rule;
            }
        }

        return null;
    }

    private static JobWhen When(string text) => text switch
    {
        "manual" => JobWhen.Manual,
        "always" => JobWhen.Always,
        "on_failure" => JobWhen.OnFailure,
        _ => JobWhen.OnSuccess,
    };

    private static JobDefinition Define(CiConfig config, CiJob job, TagSet tags, JobWhen when, bool allow)
    {
        var key = (tags, when, allow);
        if (!job.Definitions.TryGetValue(key, out var definition))
        {
            definition = new JobDefinition
            {
                Name = job.Name,
                Stage = job.Stage,
                StageIndex = Math.Max(0, config.Stages.ToList().IndexOf(job.Stage)),
                Tags = tags,
                When = when,
                AllowFailure = allow,
                Image = job.Image,
                Services = job.Services,
                BeforeScript = job.BeforeScript,
                Script = job.Script,
                AfterScript = job.AfterScript,
                Environment = job.Environment,
                Retry = job.Retry,
                Timeout = job.Timeout,
                Workload = job.Workload,
            };
            job.Definitions.Add(key, definition);
        }

        return definition;
    }
}
