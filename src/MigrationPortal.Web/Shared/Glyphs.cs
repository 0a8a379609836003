namespace MigrationPortal.Web.Shared;

/// <summary>
/// The portal's own icons: strokes on a 16 px square, drawn in the colour of the text around them. Each is the inside
/// of an <c>svg</c>; <see cref="Glyph"/> shows it. They also fit where MudBlazor takes an icon string, with
/// <see cref="ForMud"/>.
/// </summary>
public static class Glyphs
{
    public const string Pass = "<circle cx='8' cy='8' r='6.2'/><path d='M5.2 8.2 7.2 10.2 10.9 6.1'/>";
    public const string Fail = "<circle cx='8' cy='8' r='6.2'/><path d='M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4'/>";
    public const string Wait = "<path d='M4.5 2h7M4.5 14h7M5.2 2v2.4L8 8l2.8-3.6V2M5.2 14v-2.4L8 8l2.8 3.6V14'/>";
    public const string Unknown = "<circle cx='8' cy='8' r='6.2'/><path d='M6.3 6.4C6.4 5.3 7.1 4.8 8 4.8c1 0 1.7.6 1.7 1.5 0 1.2-1.6 1.3-1.6 2.5M8.1 11.1v.1'/>";
    public const string Attention = "<path d='M8 2.2 14.3 13.2H1.7Z'/><path d='M8 6.4v3.2M8 11.4v.1'/>";
    public const string Search = "<circle cx='7' cy='7' r='4.4'/><path d='M10.3 10.3 13.6 13.6'/>";
    public const string Down = "<path d='M4.5 6.3 8 9.8l3.5-3.5'/>";
    public const string Right = "<path d='M6.2 4.5 9.7 8l-3.5 3.5'/>";
    public const string Arrow = "<path d='M3 8h10M9.2 4.2 13 8l-3.8 3.8'/>";
    public const string Pause = "<path d='M5.6 3.6v8.8M10.4 3.6v8.8'/>";
    public const string Moon = "<path d='M13 9.6A5.4 5.4 0 0 1 6.4 3 5.4 5.4 0 1 0 13 9.6Z'/>";
    public const string Clock = "<circle cx='8' cy='8' r='6.2'/><path d='M8 4.6V8l2.3 1.6'/>";
    public const string Undo = "<path d='M5.6 3 2.8 5.8l2.8 2.8'/><path d='M3 5.8h6.2a3.6 3.6 0 0 1 0 7.2H6'/>";
    public const string Close = "<path d='M4.5 4.5l7 7M11.5 4.5l-7 7'/>";
    public const string Plus = "<path d='M8 3.5v9M3.5 8h9'/>";
    public const string Copy = "<rect x='5.5' y='5.5' width='8' height='8' rx='1.5'/><path d='M3.5 10.5h-1v-8h8v1'/>";
    public const string File = "<path d='M4 1.8h5l3 3v9.4H4Z'/><path d='M8.8 1.8V5H12'/>";
    public const string Calendar = "<rect x='2.5' y='3.6' width='11' height='9.9' rx='1.2'/><path d='M2.5 6.8h11M5.4 2v3M10.6 2v3'/>";
    public const string Lock = "<rect x='3.5' y='7' width='9' height='6.5' rx='1.2'/><path d='M5.5 7V5a2.5 2.5 0 0 1 5 0v2'/>";
    public const string Eye = "<path d='M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8Z'/><circle cx='8' cy='8' r='1.9'/>";
    public const string Menu = "<path d='M2.5 4.5h11M2.5 8h11M2.5 11.5h11'/>";
    public const string Home = "<path d='M2.5 7.2 8 2.6l5.5 4.6v6.2h-11Z'/>";
    public const string Gate = "<path d='M2.5 13V4M13.5 13V4M2.5 6h11M2.5 9.5h11'/>";
    public const string Diff = "<path d='M4.5 2.5v11M2.5 5h4M11.5 2.5v11M9.5 11h4'/>";
    public const string Rail = "<circle cx='3.5' cy='8' r='1.6'/><circle cx='12.5' cy='8' r='1.6'/><path d='M5.2 8h5.6'/>";
    public const string Operation = "<path d='M4 3.2v9.6L12.5 8Z'/>";
    public const string Server = "<rect x='2.5' y='3' width='11' height='4.2' rx='1'/><rect x='2.5' y='8.8' width='11' height='4.2' rx='1'/><path d='M5 5.1v.01M5 10.9v.01'/>";
    public const string Tag = "<path d='M2.5 2.5h5.2l5.8 5.8-5.2 5.2-5.8-5.8Z'/><path d='M5.3 5.3v.01'/>";
    public const string Cube = "<path d='M8 1.8 13.6 5v6L8 14.2 2.4 11V5Z'/><path d='M2.4 5 8 8.2 13.6 5M8 8.2v6'/>";
    public const string Surge = "<path d='M9 1.8 3.6 9H8l-1 5.2L12.4 7H8Z'/>";
    public const string People = "<circle cx='6' cy='5.4' r='2.4'/><path d='M1.8 13c0-2.4 1.9-4 4.2-4s4.2 1.6 4.2 4M10.6 3.4a2.3 2.3 0 0 1 0 4.2M11.6 9.4c1.6.4 2.6 1.8 2.6 3.6'/>";
    public const string Folder = "<path d='M2 4h4.4l1.4 1.6H14v7.4H2Z'/>";
    public const string Chart = "<path d='M2.5 2.5v11h11M5 10.5l2.6-3.2 2 1.8 3.4-4.4'/>";
    public const string List = "<path d='M5.5 4.5h8M5.5 8h8M5.5 11.5h8M2.5 4.5v.01M2.5 8v.01M2.5 11.5v.01'/>";
    public const string Shield = "<path d='M8 1.8 13 3.8v4c0 3-2.2 5.4-5 6.4-2.8-1-5-3.4-5-6.4v-4Z'/>";
    public const string Help = "<path d='M2.5 3h11v8H8l-3 2.6V11H2.5Z'/>";
    public const string Left = "<path d='M9.8 4.5 6.3 8l3.5 3.5'/>";
    public const string Up = "<path d='M4.5 9.8 8 6.3l3.5 3.5'/>";
    public const string Sun = "<circle cx='8' cy='8' r='3'/><path d='M8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1'/>";
    public const string Download = "<path d='M8 2.5v7.6M4.8 7.2 8 10.4l3.2-3.2M2.8 13.3h10.4'/>";
    public const string External = "<path d='M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5'/>";
    public const string Play = "<path d='M4 3.2v9.6L12.5 8Z'/>";
    public const string User = "<circle cx='8' cy='5.4' r='2.6'/><path d='M2.8 13.4c0-2.6 2.3-4.2 5.2-4.2s5.2 1.6 5.2 4.2'/>";
    public const string Key = "<circle cx='5.2' cy='10.8' r='2.7'/><path d='M7.2 8.8 13.4 2.6M11 5l1.9 1.9'/>";
    public const string Bell = "<path d='M4 11.4V7.2a4 4 0 0 1 8 0v4.2l1.2 1.4H2.8zM6.6 14.6h2.8'/>";
    public const string Settings = "<path d='M2.5 4.5h4M9.5 4.5h4M2.5 11.5h7M12.5 11.5h1'/><circle cx='8' cy='4.5' r='1.5'/><circle cx='11' cy='11.5' r='1.5'/>";
    public const string Refresh = "<path d='M13 4v3.2H9.8M13 7.2A5.3 5.3 0 1 0 13.2 9'/>";
    public const string Table = "<path d='M2.5 3h11v10h-11ZM2.5 6.3h11M2.5 9.6h11M6.5 6.3V13'/>";

    /// <summary>The same strokes for a MudBlazor icon parameter, which fills by default.</summary>
    public static string ForMud(string icon) =>
        $"<g transform='scale(1.5)' fill='none' stroke='currentColor' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'>{icon}</g>";
}
