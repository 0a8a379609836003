using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>The comments of a TOML text.</summary>
internal static class TomlComments
{
    public static IReadOnlyList<ConfigComment> Of(string toml)
    {
        var comments = new List<ConfigComment>();
        var lexer = TomlLexer.Create(toml);
        while (lexer.MoveNext())
            if (lexer.Current.Kind == TokenKind.Comment)
                comments.Add(new(lexer.Current.Start.Line + 1, toml[lexer.Current.Start.Offset..(lexer.Current.End.Offset + 1)].TrimStart('#').Trim()));
        return comments;
    }
}
