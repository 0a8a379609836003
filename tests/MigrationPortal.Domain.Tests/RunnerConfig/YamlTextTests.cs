using CsCheck;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class YamlTextTests
{
    [Fact]
    public void AnyDocument_IsReadAsItWasWritten() => Documents.Sample(
        fields =>
        {
            var text = YamlText.Of(fields, "head\n\nof it");
            Plain(YamlImport.ReadAll(text).Documents.ShouldHaveSingleItem(text)).ShouldBe(Plain(fields), text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            Plain(stream.Documents[0].RootNode).ShouldBe(Plain(fields, typed: false), text);
        },
        iter: 3_000, seed: "0N0XIzNsQ0O2");

    [Theory]
    [InlineData("on")]
    [InlineData("No")]
    [InlineData("1e3")]
    [InlineData("0x1f")]
    [InlineData("12:30")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("*x")]
    [InlineData("{{ x }}")]
    [InlineData("2026-01-01")]
    public void TextsThatLookLikeSomethingElse_AreQuoted(string text) => YamlText.Of(new YamlFields().Add("key", text)).ShouldStartWith("key: \"");

    [Theory]
    [InlineData("a: [1, \"2\", yes, null]\n", "a: [1, \"2\", yes, null]\n")]
    [InlineData("a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n", "a:\n  b: 1\nc:\n  b: 1\nd:\n  b: 1\n  e: 2\n")]
    public void Import_KeepsKinds(string yaml, string written) => YamlText.Of(YamlImport.Read(yaml)!).ShouldBe(written);

    [Theory]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("a: [")]
    [InlineData("a: *nobody\n")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e]\n")]
    public void Import_WhatIsWrong_IsSaidWithItsLine(string yaml) => YamlImport.ReadAll(yaml).Fault.ShouldNotBeNull().ShouldStartWith("Line ");

    [Fact]
    public void Import_TooDeep_IsRefused() => YamlImport.ReadAll("a: " + new string('[', 500) + new string(']', 500)).Fault.ShouldNotBeNull();

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String[Gen.Char["ab01 :-#'\"\n\t{}[]&*!|>%@`,?~"], 0, 12], Gen.String[Gen.Char, 0, 6].Select(text => string.Concat(text.Where(letter => !char.IsSurrogate(letter)))), Gen.OneOf(Gen.Const("yes"), Gen.Const("1"), Gen.Const("é\n x\n\n"), Gen.Const("a\r\nb"), Gen.Const("\U0001F600")));

    private static readonly Gen<YamlPart> Values = Gen.OneOf(Texts.Select(text => (YamlPart)text), Gen.Long.Select(number => (YamlPart)number), Gen.Bool.Select(flag => (YamlPart)flag));

    private static readonly Gen<YamlFields> Documents = Fields(3);

    private static Gen<YamlFields> Fields(int depth) =>
        Gen.Dictionary(Texts, depth == 0 ? Values : Gen.OneOf(Values, Fields(depth - 1).Select(fields => (YamlPart)fields), Parts(depth).List[0, 3].Select(parts => (YamlPart)YamlItems.Of(parts))))[0, 4].Select(entries =>
        {
            var fields = new YamlFields();
            foreach (var (key, value) in entries) fields.Add(key, value, "why\nso");
            return fields;
        });

    private static Gen<YamlPart> Parts(int depth) => Gen.OneOf(Values, Fields(depth - 1).Select(fields => (YamlPart)fields), Values.List[0, 2].Select(parts => (YamlPart)YamlItems.Of(parts)));

    private static string Plain(YamlPart part, bool typed = true) => part switch
    {
        YamlFields fields => $"{{{string.Join(',', fields.Fields.Select(one => $"{Escaped(one.Key)}:{Plain(one.Value, typed)}"))}}}",
        YamlItems items => $"[{string.Join(',', items.Items.Select(one => Plain(one.Item, typed)))}]",
        YamlValue value => typed && !value.IsText ? $"!{value.Text}" : Escaped(value.Text),
        _ => throw new InvalidOperationException("A part without a case."),
    };

    private static string Plain(YamlNode node) => node switch
    {
        YamlMappingNode map => $"{{{string.Join(',', map.Children.Select(one => $"{Plain(one.Key)}:{Plain(one.Value)}"))}}}",
        YamlSequenceNode list => $"[{string.Join(',', list.Children.Select(Plain))}]",
        YamlScalarNode scalar => Escaped(scalar.Value!),
        _ => throw new InvalidOperationException("A node without a case."),
    };

    private static string Escaped(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
