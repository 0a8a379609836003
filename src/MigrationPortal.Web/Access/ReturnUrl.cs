namespace MigrationPortal.Web.Access;

/// <summary>Where to go after sign-in: only to a place in this portal, so that a link cannot use the sign-in to lead elsewhere.</summary>
public static class ReturnUrl
{
    public static string Safe(string? wanted, PathString pathBase)
    {
        var home = pathBase.HasValue ? pathBase.Value + "/" : "/";
        if (string.IsNullOrEmpty(wanted) || wanted.Length > 2000 || wanted.Any(char.IsControl)) return home;
        // "//host" and "/\host" are other hosts to a browser.
        var local = wanted[0] == '/' && (wanted.Length == 1 || (wanted[1] != '/' && wanted[1] != '\\'));
        return local && new PathString(wanted.Split('?', '#')[0]).StartsWithSegments(pathBase) ? wanted : home;
    }
}
