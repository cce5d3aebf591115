using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;

namespace ToroCosmos.Programs.Tests;

/// <summary>The programs on the host: a program that answers now one thing and now another compares nothing.</summary>
public sealed class CatalogTests
{
    private const int FewestPrograms = 250;

    public static TheoryData<string> Cases => [.. Catalog.All.Where(program => program.Refused is null).Select(program => program.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_program_answers_the_same_twice(string id)
    {
        SampleProgram program = Catalog.All.Single(program => program.Id == id);
        string answer = HostAnswers.Of(program);
        Assert.NotEmpty(answer);
        Assert.Equal(answer, HostAnswers.Run(program));
        Assert.True(EscapedText.Escape(answer).Length <= ProgramLine.MaximumAnswer, "The answer is too long for a line of the kernel.");
    }

    [Fact]
    public void There_are_enough_programs_and_each_has_a_name_of_its_own()
    {
        string[] ids = [.. Catalog.All.Select(program => program.Id)];
        Assert.True(ids.Length >= FewestPrograms);
        Assert.Equal(ids.Distinct(), ids);
    }

    /// <summary>A program is a private method without parameters that answers; one that no list names would never run.</summary>
    [Fact]
    public void Every_method_that_is_a_program_is_listed()
    {
        HashSet<string> listed = [.. Catalog.All.Select(program => program.Id)];
        string[] unlisted =
        [
            .. from type in typeof(Catalog).Assembly.GetTypes()
               where type.GetProperty("All", BindingFlags.Public | BindingFlags.Static) is not null && type != typeof(Catalog)
               from method in type.GetMethods(BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
               where method.GetParameters().Length == 0 && !method.IsGenericMethod && !method.Name.Contains('<')
               where method.ReturnType == typeof(string) || method.ReturnType == typeof(System.Threading.Tasks.Task<string>)
               select $"{type.Name}.{method.Name}" into id
               where !listed.Contains(id)
               select id,
        ];
        Assert.Empty(unlisted);
        Assert.NotEmpty(listed);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a\nb\r\n\\n \t \u00e9\ud83d\ude00\0")]
    [InlineData("")]
    public void Text_comes_back_from_its_line(string text)
    {
        string line = EscapedText.Escape(text);
        Assert.All(line, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(text, EscapedText.Unescape(line));
    }

    [Theory]
    [InlineData(@"\")]
    [InlineData(@"a\q")]
    [InlineData(@"\u12")]
    public void A_damaged_line_is_no_text(string line) => Assert.Throws<FormatException>(() => EscapedText.Unescape(line));
}
