using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>One automatic act: its kind, the paragraph that explains it, what that rests on, and the way back.</summary>
public sealed partial class ActLine
{
    private ActExplained said = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required AutomaticAct Act { get; set; }

    [Parameter, EditorRequired]
    public required ActorNames Names { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    private (string Title, VerdictKind Look) Look => ActKinds.LookOf(Act.Kind);

    protected override void OnParametersSet() => said = ActExplained.Of(Act, who => Names[who], Now);
}
