using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using TestRunner.Machines;

namespace TestRunner.Cli;

/// <summary>Makes options whose mistakes are told in one line that names what is allowed.</summary>
internal static class OptionFactory
{
    /// <summary>An option that takes one of some words; the first is the default.</summary>
    public static Option<T> Choice<T>(string name, string description, IReadOnlyList<(string Word, T Value)> choices)
    {
        var option = new Option<T>(name)
        {
            Description = description,
            // The first choice is the value of zero. Without a factory the help does not name the enumeration's members.
            HelpName = string.Join('|', choices.Select(choice => choice.Word)),
            CustomParser = result =>
            {
                try
                {
                    return MachineWords.Parse(choices, Word(result));
                }
                catch (FormatException)
                {
                    result.AddError($"{name} is '{Word(result)}'; expected one of {MachineWords.Allowed(choices)}.");
                    return default;
                }
            },
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. choices.Select(choice => choice.Word)]);
        return option;
    }

    /// <summary>An option that takes the path of a file.</summary>
    public static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    /// <summary>An option that takes a whole number of a range; null when it is not given.</summary>
    public static Option<int?> Number(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => ParseNumber(result, name, minimum, maximum),
    };

    /// <summary>An option that may be given with a whole number of a range, or alone; null then, and when it is not given.</summary>
    public static Option<int?> OptionalNumber(string name, string helpName, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? null : ParseNumber(result, name, minimum, maximum),
    };

    /// <summary>An option that may be given several times; a function reads each, which throws <see cref="FormatException"/>.</summary>
    public static Option<string[]> Repeated(string name, string description, Func<string, string> parse) => new(name)
    {
        Description = description,
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(token => parse(token.Value))];
            }
            catch (FormatException exception)
            {
                result.AddError($"{name}: {exception.Message}");
                return [];
            }
        },
    };

    /// <summary>An option that a function reads, which throws <see cref="FormatException"/>.</summary>
    public static Option<T?> Parsed<T>(string name, string helpName, string description, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            try
            {
                return parse(Word(result));
            }
            catch (FormatException exception)
            {
                result.AddError($"{name}: {exception.Message}");
                return default;
            }
        },
    };

    private static int? ParseNumber(ArgumentResult result, string name, int minimum, int maximum)
    {
        string word = Word(result);
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= minimum
            && value <= maximum)
        {
            return value;
        }

        result.AddError($"{name} is '{word}'; expected a number from {minimum} to {maximum}.");
        return null;
    }

    private static string Word(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
}
