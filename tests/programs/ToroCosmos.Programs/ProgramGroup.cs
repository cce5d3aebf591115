using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace ToroCosmos.Programs;

/// <summary>The programs of one subject, each a method that is named as the program.</summary>
/// <param name="name">The subject.</param>
internal sealed class ProgramGroup(string name) : IEnumerable<SampleProgram>
{
    private readonly List<SampleProgram> _programs = [];

    public void Add(Func<string> body, [CallerArgumentExpression(nameof(body))] string method = "") =>
        _programs.Add(new SampleProgram($"{name}.{method}", body));

    public void Add(Func<Task<string>> body, [CallerArgumentExpression(nameof(body))] string method = "") =>
        _programs.Add(new SampleProgram($"{name}.{method}", () => body().GetAwaiter().GetResult()));

    /// <summary>A program that prints its answer.</summary>
    public void Add(Action body, [CallerArgumentExpression(nameof(body))] string method = "") =>
        _programs.Add(new SampleProgram($"{name}.{method}", () => PrintedBy(body)));

    /// <summary>A program that a kernel refuses, and how the exception begins.</summary>
    public void Add(string refused, Func<string> body, [CallerArgumentExpression(nameof(body))] string method = "") =>
        _programs.Add(new SampleProgram($"{name}.{method}", body) { Refused = refused });

    public IEnumerator<SampleProgram> GetEnumerator() => _programs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string PrintedBy(Action body)
    {
        TextWriter console = Console.Out;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(text);
        try
        {
            body();
        }
        finally
        {
            Console.SetOut(console);
        }

        return text.ToString();
    }
}
