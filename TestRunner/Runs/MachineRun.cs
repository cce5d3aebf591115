using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.KernelTests;
using TestRunner.Machines;

namespace TestRunner.Runs;

/// <summary>Boots a machine, follows its serial line to the end and judges it. The machine never outlives the run.</summary>
/// <param name="launcher">Starts the machine.</param>
public sealed class MachineRun(IMachineLauncher launcher)
{
    /// <summary>Told each line as it comes.</summary>
    public Action<SerialLine>? LineRead { get; init; }

    /// <summary>Where the bytes of the serial line are kept as they are; null keeps none.</summary>
    public Stream? SerialLog { get; init; }

    /// <summary>The usual <see cref="Silence"/>.</summary>
    public static TimeSpan DefaultSilence => TimeSpan.FromSeconds(20);

    /// <summary>A machine that prints nothing for so long hangs.</summary>
    public TimeSpan Silence { get; init; } = DefaultSilence;

    /// <summary>Runs a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="expectation">What to judge it by.</param>
    /// <param name="limit">When the machine is ended if it has not ended by itself.</param>
    /// <param name="cancellation">Ends the machine and the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled; the machine is gone.</exception>
    public async Task<RunResult> RunAsync(
        MachineSpec machine,
        RunExpectation expectation,
        TimeSpan limit,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(machine);
        List<SerialLine> lines = [];
        IMachineProcess process;
        try
        {
            process = launcher.Start(machine);
        }
        catch (MachineException exception)
        {
            return new RunResult(Verdict.NotStarted, exception.Message, lines, null, TimeSpan.Zero);
        }

        // Choosing an accelerator may have booted a probe; that is not the machine's time.
        long startedAt = process.StartedAt;
        await using (process.ConfigureAwait(false))
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(limit);
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
            bool timedOut = false;
            bool silent = false;
            IReadOnlyList<CoreState> cores = [];
            try
            {
                await ReadAsync(process.Serial, lines, startedAt, silence).ConfigureAwait(false);
                await process.Completion.WaitAsync(silence.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                timedOut = true;
                silent = !deadline.IsCancellationRequested;
                cores = await process.FindCoresAsync().ConfigureAwait(false);
                process.Kill();
            }

            MachineEnd end = await process.Completion.ConfigureAwait(false);
            TimeSpan duration = Stopwatch.GetElapsedTime(startedAt);
            var observation = new RunObservation
            {
                Lines = lines,
                End = end,
                TimedOut = timedOut,
                Limit = limit,
                SilentFor = silent ? Silence : null,
                Cores = cores,
            };
            (Verdict verdict, string cause) = Judge.Decide(observation, expectation);
            KernelTestReport? tests = null;
            if (expectation.KernelTests)
            {
                tests = KernelTestParser.Parse(lines.Select(line => line.Text), cause);
                (verdict, cause) = Judge.DecideTests(verdict, cause, tests);
            }

            Transcript? expected = expectation.Transcript ?? expectation.Refusal;
            bool differs = verdict != Verdict.Passed && expected is not null && lines.Count > 0;
            return new RunResult(verdict, cause, lines, end, duration)
            {
                Tests = tests,
                Details = differs
                    ? TranscriptDiff.Of(expected!.Lines, expected.LinesToCompare([.. lines.Select(line => line.Text)], expectation.FirmwarePrints))
                    : [],
            };
        }
    }

    private async Task ReadAsync(Stream serial, List<SerialLine> lines, long startedAt, CancellationTokenSource silence)
    {
        var splitter = new LineSplitter();
        byte[] buffer = new byte[4096];
        TimeSpan lastByteAt = TimeSpan.Zero;
        try
        {
            int count;
            silence.CancelAfter(Silence);
            while ((count = await serial.ReadAsync(buffer, silence.Token).ConfigureAwait(false)) > 0)
            {
                silence.CancelAfter(Silence);
                lastByteAt = Stopwatch.GetElapsedTime(startedAt);
                if (SerialLog is not null)
                {
                    await SerialLog.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
                    await SerialLog.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                }

                foreach (string text in splitter.Add(buffer.AsSpan(0, count)))
                {
                    Add(text, lines, lastByteAt);
                }
            }
        }
        finally
        {
            // What a hung kernel printed last, even without a line break, is the best trace of where it hangs.
            if (splitter.HasUnfinishedLine)
            {
                Add(splitter.TakeUnfinishedLine(), lines, lastByteAt);
            }
        }
    }

    private void Add(string text, List<SerialLine> lines, TimeSpan at)
    {
        var line = new SerialLine(text, at);
        lines.Add(line);
        LineRead?.Invoke(line);
    }
}
