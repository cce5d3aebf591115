using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;

namespace TestRunner.Cli;

/// <summary>Makes options whose mistakes are told in one line that names what is allowed.</summary>
internal static class OptionFactory
{
    /// <summary>An option that takes one of some words; the first is the default.</summary>
    public static Option<T> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
    {
        string allowed = string.Join(", ", choices.Select(choice => choice.Word));
        var option = new Option<T>(name)
        {
            Description = $"{description} One of {allowed} ({choices[0].Word}).",
            DefaultValueFactory = _ => choices[0].Value,
            CustomParser = result =>
            {
                string word = Word(result);
                foreach ((string known, T value) in choices)
                {
                    if (known == word)
                    {
                        return value;
                    }
                }

                result.AddError($"{name} is '{word}'; expected one of {allowed}.");
                return default;
            },
        };
        option.CompletionSources.Add([.. choices.Select(choice => choice.Word)]);
        return option;
    }

    /// <summary>An option that takes a whole number of a range; null when it is not given.</summary>
    public static Option<int?> Number(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        CustomParser = result =>
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
        },
    };

    /// <summary>An option that a function reads, which throws <see cref="FormatException"/>.</summary>
    public static Option<T?> Parsed<T>(string name, string description, Func<string, T> parse) => new(name)
    {
        Description = description,
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

    private static string Word(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
}
