using MudBlazor;

namespace MigrationPortal.Web.Shared;

/// <summary>MudBlazor's theme, made from <see cref="DesignTokens"/>. Unknown and the executors have no slot there: CSS variables.</summary>
public static class PortalTheme
{
    private static readonly string[] Font = DesignTokens.Value("font").Split(',', StringSplitOptions.TrimEntries);

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = Fill(new PaletteLight(), dark: false),
        PaletteDark = Fill(new PaletteDark(), dark: true),
        Typography = new Typography
        {
            Default = Text<DefaultTypography>("13", "regular"),
            Body1 = Text<Body1Typography>("13", "regular"),
            Body2 = Text<Body2Typography>("12", "regular"),
            Caption = Text<CaptionTypography>("11", "regular"),
            Button = Text<ButtonTypography>("12", "medium"),
            Subtitle1 = Text<Subtitle1Typography>("13", "medium"),
            Subtitle2 = Text<Subtitle2Typography>("12", "medium"),
            H5 = Text<H5Typography>("20", "medium"),
            H6 = Text<H6Typography>("15", "medium"),
        },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = DesignTokens.Value("r-2"),
            AppbarHeight = DesignTokens.Value("header"),
            DrawerWidthLeft = DesignTokens.Value("nav"),
        },
    };

    private static TPalette Fill<TPalette>(TPalette palette, bool dark)
        where TPalette : Palette
    {
        string Token(string name) => DesignTokens.Value(name, dark);

        palette.Primary = palette.Secondary = palette.Tertiary = palette.Dark = Token("ink");
        palette.PrimaryContrastText = palette.SecondaryContrastText = palette.TertiaryContrastText = palette.DarkContrastText = Token("on-ink");
        palette.PrimaryDarken = palette.PrimaryLighten = Token("ink-hover");
        palette.Background = Token("bg");
        palette.BackgroundGray = palette.TableStriped = palette.TableHover = Token("surface-2");
        palette.Surface = palette.DrawerBackground = palette.AppbarBackground = Token("surface");
        palette.TextPrimary = palette.AppbarText = palette.DrawerText = Token("text");
        palette.TextSecondary = palette.ActionDefault = palette.DrawerIcon = Token("text-2");
        palette.TextDisabled = palette.ActionDisabled = Token("text-3");
        palette.ActionDisabledBackground = Token("surface-2");
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = Token("line");
        palette.LinesInputs = Token("line-strong");
        palette.Skeleton = Token("surface-3");
        palette.Success = Token("pass");
        palette.Error = Token("fail");
        palette.Warning = Token("attention");
        palette.Info = Token("wait");
        palette.SuccessContrastText = palette.ErrorContrastText = palette.WarningContrastText = palette.InfoContrastText = Token("surface");
        return palette;
    }

    private static TTypography Text<TTypography>(string step, string weight)
        where TTypography : BaseTypography, new() => new()
        {
            FontFamily = Font,
            FontSize = DesignTokens.Value($"fs-{step}"),
            LineHeight = DesignTokens.Value($"lh-{step}"),
            FontWeight = DesignTokens.Value($"fw-{weight}"),
            LetterSpacing = "normal",
            TextTransform = "none",
        };
}
