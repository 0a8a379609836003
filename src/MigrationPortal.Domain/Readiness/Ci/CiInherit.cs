namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary><c>inherit:</c> of a job: all, nothing, or what it names.</summary>
internal sealed class CiInherit(CiMap? inherit)
{
    private readonly Func<string, bool> _default = Allows(inherit?["default"]);
    private readonly Func<string, bool> _variables = Allows(inherit?["variables"]);

    public bool Default(string key) => _default(key);

    public IEnumerable<CiVariable> Variables(IEnumerable<CiVariable> all) => all.Where(one => _variables(one.Name));

    /// <summary>Keys that may still stand at the top level instead of under <c>default</c>.</summary>
    public static bool AtTopLevel(string key) => key is "image" or "services" or "cache" or "before_script" or "after_script";

    private static Func<string, bool> Allows(CiNode? said) => said switch
    {
        CiScalar { Text: "false" } => _ => false,
        CiList list => list.Items.OfType<CiScalar>().Select(one => one.Text).ToHashSet(StringComparer.Ordinal).Contains,
        _ => _ => true,
    };
}
