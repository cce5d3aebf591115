using System;
using System.Collections.Concurrent;
using System.Threading;

namespace ToroCosmos.Programs.Tests;

/// <summary>What the programs answer on the host, each run once.</summary>
internal static class HostAnswers
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<string, string> s_answers = new();

    /// <summary>A program's answer.</summary>
    /// <exception cref="TimeoutException">It gave none.</exception>
    public static string Of(SampleProgram program) => s_answers.GetOrAdd(program.Id, _ => Run(program));

    /// <summary>Runs a program, whether it has run before or not.</summary>
    public static string Run(SampleProgram program)
    {
        string answer = "";
        var thread = new Thread(() => answer = program.Run()) { IsBackground = true };
        thread.Start();
        return thread.Join(s_limit) ? answer : throw new TimeoutException($"{program.Id} does not end on the host.");
    }
}
