using MigrationPortal.Domain.Cohorts.Edits;
using static MigrationPortal.Domain.Tests.Cohorts.Edits.EditWorld;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

/// <summary>What a person finds in the merge request: each case is a file, who is to go where, and the file after it.</summary>
public sealed class EditCiTagsTests
{
    public static TheoryData<string, string, string, string> Files => new()
    {
        {
            "untagged jobs share a default", "build=k8s-default test=k8s-default",
            """
            # The team's pipeline
            stages: [build, test]

            # compiles everything
            build:
              script: make

            test:
              script: make test
            """,
            """
            # The team's pipeline
            stages: [build, test]

            default:
              tags: [k8s-default]

            # compiles everything
            build:
              script: make

            test:
              script: make test
            """
        },
        {
            "a single job gets its own line", "build=k8s-default",
            """
            build:  # compiles
              # with make
              script: make
            """,
            """
            build:  # compiles
              tags: [k8s-default]
              # with make
              script: make
            """
        },
        {
            "default has tags for all", "a=k8s-default b=k8s-default",
            """
            default:
              image: alpine # small
              tags:
                - docker # the old ones
            a: {script: x}
            b: {script: y}
            """,
            """
            default:
              image: alpine # small
              tags:
                - k8s-default # the old ones
            a: {script: x}
            b: {script: y}
            """
        },
        {
            "a blocked job is pinned beside nine that move", "a=k8s-default b=k8s-default c=docker",
            """
            default:
              image: alpine
            a:
              script: x
            b:
              script: y
            c:
                script: docker build .
            """,
            """
            default:
              tags: [k8s-default]
              image: alpine
            a:
              script: x
            b:
              script: y
            c:
                tags: [docker]
                script: docker build .
            """
        },
        {
            "who does not inherit needs nothing", "a=k8s-default b=k8s-default",
            """
            a: {script: x}
            b: {script: x}
            c:
              inherit: {default: false}
              script: y
            d:
              inherit:
                default: [image]
              script: y
            """,
            """
            default:
              tags: [k8s-default]

            a: {script: x}
            b: {script: x}
            c:
              inherit: {default: false}
              script: y
            d:
              inherit:
                default: [image]
              script: y
            """
        },
        {
            "a hidden job for all that extend it", "a=k8s-large b=k8s-large",
            """
            .base:
              tags: [large, linux]   # big machines
            a: {extends: .base, script: x}
            b: {extends: [.base], script: x}
            """,
            """
            .base:
              tags: [k8s-large]   # big machines
            a: {extends: .base, script: x}
            b: {extends: [.base], script: x}
            """
        },
        {
            "one of many leaves the hidden job", "b=k8s-default",
            """
            .base:
              tags: ['linux']
            a: {extends: .base, script: x}
            b:
              extends: .base
              script: x
            c: {extends: .base, script: x}
            """,
            """
            .base:
              tags: ['linux']
            a: {extends: .base, script: x}
            b:
              tags: [k8s-default]
              extends: .base
              script: x
            c: {extends: .base, script: x}
            """
        },
        {
            "an anchor for all that use it", "a=k8s-default b=k8s-default",
            """
            .tags: &tags
              - "linux"
              - "large"
            a:
              tags: *tags
              script: x
            b: {tags: *tags, script: x}
            """,
            """
            .tags: &tags
              - "k8s-default"
            a:
              tags: *tags
              script: x
            b: {tags: *tags, script: x}
            """
        },
        {
            "an alias of one that moves alone", "a=k8s-default",
            """
            .tags: &tags [linux]
            a:
              tags: *tags # as all
              script: x
            b: {tags: *tags, script: x}
            c: {tags: *tags, script: x}
            """,
            """
            .tags: &tags [linux]
            a:
              tags: [k8s-default] # as all
              script: x
            b: {tags: *tags, script: x}
            c: {tags: *tags, script: x}
            """
        },
        {
            "an anchor that is used for more than tags", "a=k8s-default",
            """
            .names: &names [linux]
            a:
              tags: *names
              services: *names
              script: x
            """,
            """
            .names: &names [linux]
            a:
              tags: [k8s-default]
              services: *names
              script: x
            """
        },
        {
            "references lead to the source", "a=k8s-default b=k8s-default",
            """
            .x:
              tags: [linux]
            a:
              tags: !reference [.x, tags]
              script: x
            b:
              tags: !reference [.x, tags]
              script: x
            """,
            """
            .x:
              tags: [k8s-default]
            a:
              tags: !reference [.x, tags]
              script: x
            b:
              tags: !reference [.x, tags]
              script: x
            """
        },
        {
            "one reference is replaced", "b=k8s-default",
            """
            .x:
              tags: [linux]
            a:
              tags: !reference [.x, tags]
              script: x
            b:
              tags: !reference [.x, tags] # like a
              script: x
            """,
            """
            .x:
              tags: [linux]
            a:
              tags: !reference [.x, tags]
              script: x
            b:
              tags: [k8s-default] # like a
              script: x
            """
        },
        {
            "a whole mapping merged in", "a=k8s-default",
            """
            .d: &d
              tags: [linux]
              image: alpine
            a:
              <<: *d
              script: x
            b:
              <<: *d
              script: x
            c:
              <<: *d
              script: x
            """,
            """
            .d: &d
              tags: [linux]
              image: alpine
            a:
              tags: [k8s-default]
              <<: *d
              script: x
            b:
              <<: *d
              script: x
            c:
              <<: *d
              script: x
            """
        },
        {
            "lists grow and shrink in their own form", "a=x,y,z b=x c=x,y,z d=x",
            """
            a:
              tags:
              - "one"
              - "two" # keep me
              script: x
            b:
              tags: # why
                - one # first
                # between
                - two
                - three
              script: x
            c: { tags: [ 'one' ], script: x }
            d: { tags: [ one, two , three ], script: x }
            """,
            """
            a:
              tags:
              - "x"
              - "y" # keep me
              - "z"
              script: x
            b:
              tags: # why
                - x # first
                # between
              script: x
            c: { tags: [ 'x', 'y', 'z' ], script: x }
            d: { tags: [ x ], script: x }
            """
        },
        {
            "untagged on purpose", "a= b=",
            """
            default: {tags: [docker]}
            a:
              tags:
              - linux
              script: x
            b: {tags: [linux, large], script: x}
            c: {script: x}
            """,
            """
            default: {tags: [docker]}
            a:
              tags: []
              script: x
            b: {tags: [], script: x}
            c: {script: x}
            """
        },
        {
            "names that need quotes", "\"job:1\"=k8s-default build:all=true,1.5",
            """
            "\"job:1\"":
              tags: [a]
              script: x
            'build:all':
              tags: [a]
              script: x
            """,
            """
            "\"job:1\"":
              tags: [k8s-default]
              script: x
            'build:all':
              tags: ["true", "1.5"]
              script: x
            """
        },
        {
            "a header document, an old top level and keys that only look like tags", "a=k8s-default b=k8s-default",
            """
            spec:
              inputs: {tags: {default: x}}
            ---
            image: alpine
            variables:
              tags: linux
            .hidden: {script: y}
            a: {script: x}
            b: {script: x}
            """,
            """
            spec:
              inputs: {tags: {default: x}}
            ---
            image: alpine
            variables:
              tags: linux
            default:
              tags: [k8s-default]

            .hidden: {script: y}
            a: {script: x}
            b: {script: x}
            """
        },
        {
            "of keys written twice the last counts", "a=k8s-default",
            """
            a: {tags: [one], script: x}
            a:
              tags: [two]
              tags: [three]
              script: x
            """,
            """
            a: {tags: [one], script: x}
            a:
              tags: [two]
              tags: [k8s-default]
              script: x
            """
        },
        {
            "a trigger job needs no runner", "a=k8s-default b=k8s-default",
            """
            start: {trigger: other/project}
            a:
              script: x
            b:
              script: x
            """,
            """
            default:
              tags: [k8s-default]

            start: {trigger: other/project}
            a:
              script: x
            b:
              script: x
            """
        },
        {
            "a list of references, aliases and texts", "a=k8s-default b=k8s-default,k8s-large c=linux,big,x",
            """
            .x: &x
              tags: [linux]
            .big: &big big
            a:
              tags: [!reference [.x, tags], *big]
              script: x
            b:
              tags:
                - !reference [.x, tags] # first
                - *big
              script: x
            c:
              tags:
                - *big # stays?
              script: x
            d: {<<: *x, script: x}
            """,
            """
            .x: &x
              tags: [linux]
            .big: &big big
            a:
              tags: [k8s-default]
              script: x
            b:
              tags:
                - k8s-default # first
                - k8s-large
              script: x
            c:
              tags:
                - linux # stays?
                - big
                - x
              script: x
            d: {<<: *x, script: x}
            """
        },
        {
            "a job that an untagged one extends", "build=k8s-default",
            """
            build:
              script: x
            again:
              extends: build
              variables: {A: "1"}
            """,
            """
            build:
              tags: [k8s-default]
              script: x
            again:
              tags: []
              extends: build
              variables: {A: "1"}
            """
        },
        {
            "job that others extend", "build=k8s-default",
            """
            build:
              tags: [linux]
              script: x
            again:
              extends: build
              variables: {A: "1"}
            """,
            """
            build:
              tags: [k8s-default]
              script: x
            again:
              tags: [linux]
              extends: build
              variables: {A: "1"}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Edit_GivesEachJobItsTags_AndLeavesTheRest(string name, string wishes, string before, string after)
    {
        _ = name;

        foreach (var form in Forms())
        {
            var edit = Edit(form(before), Wishes(wishes));

            edit.Text(form(before)).ShouldBe(form(after));
            UndoCiTags.Apply(edit.Done().Record, CiFiles.Of(form(after))).Text(form(after)).ShouldBe(form(before));
        }
    }

    [Fact]
    public void Edit_NothingToDo_ChangesNothing()
    {
        var edit = Edit("a: {tags: [b, a], script: x}\n", JobWish.Pin("a", "a", "b")).Done();

        edit.Texts.ShouldBeEmpty();
        edit.Record.Jobs.ShouldBeEmpty();
    }

    [Fact]
    public void Edit_SaysWhatItChangedAndForWhom()
    {
        var edit = Edit("default:\n  tags: [linux]\na: {script: x}\nb: {script: x}\nc: {script: x}\n", JobWish.Move("a", "k8s-default"), JobWish.Move("b", "k8s-default"), JobWish.Pin("c", "docker")).Done();

        edit.Record.Changes.Select(change => (change.ToString(), change.Line, string.Join(',', change.Jobs))).ShouldBe([("default: [linux] → [k8s-default]", 2, "a,b"), ("c: untagged → [docker]", 5, "c")]);
        edit.Record.Jobs.Select(job => $"{job.Job} {string.Join(',', job.Before)} {string.Join(',', job.After)}").ShouldBe(["a linux k8s-default", "b linux k8s-default", "c linux docker"]);
    }

    private static IEnumerable<Func<string, string>> Forms() =>
    [
        text => text,
        text => text + "\n",
        text => (text + "\n").Replace("\n", "\r\n", StringComparison.Ordinal),
        text => "\uFEFF" + text + "\n",
    ];
}
