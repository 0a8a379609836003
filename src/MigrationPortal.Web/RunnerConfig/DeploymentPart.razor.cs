using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What a deployment needs beside the <c>config.toml</c>.</summary>
public sealed partial class DeploymentPart
{
    private readonly Dictionary<string, string> typed = [];
    private readonly Dictionary<string, string> problems = [];

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    private string Shown(DeploymentField field) => typed.GetValueOrDefault(field.Key) ?? field.Read(Draft.Deployment);

    private Task SetKindAsync(ChangeEventArgs change)
    {
        Draft.Kind = Enum.Parse<DeploymentKind>((string)change.Value!);
        return ChangedAsync();
    }

    private Task SetTargetAsync(ChangeEventArgs change)
    {
        var errors = new RequestErrors();
        problems.Remove("target");
        if (RunnerVersion.Read("target", change.Value as string ?? "", errors) is { } version) Draft.Target = version;
        else problems["target"] = "A version such as 19.3.0.";
        return ChangedAsync();
    }

    private Task SetAsync(DeploymentField field, ChangeEventArgs change)
    {
        var text = (change.Value as string ?? "").ReplaceLineEndings("\n").Trim();
        problems.Remove(field.Key);
        typed.Remove(field.Key);
        if (field.Write(Draft.Deployment, text) is { } written) Draft.Deployment = written;
        else (typed[field.Key], problems[field.Key]) = (text, field.Wrong ?? "A whole number.");
        var named = ConfigurationProblems.Of(Draft.Content).FirstOrDefault(one => one.Field.StartsWith($"deployment.{field.Key}", StringComparison.Ordinal));
        if (named.Sentence is { } sentence) problems[field.Key] = sentence;
        return ChangedAsync();
    }

    private Task ChangedAsync()
    {
        Draft.Look();
        return OnChanged.InvokeAsync();
    }
}
