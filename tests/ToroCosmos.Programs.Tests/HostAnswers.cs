using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

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
        Task<string> answer = Task.Factory.StartNew(program.Run, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return answer.Wait(s_limit) ? answer.Result : throw new TimeoutException($"{program.Id} does not end on the host.");
    }
}
