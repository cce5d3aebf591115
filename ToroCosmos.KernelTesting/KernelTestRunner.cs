using System;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.KernelTesting;

/// <summary>
/// Runs the tests of a kernel, one after the other, and reports them on the machine's console. Called by generated code:
/// a kernel's <c>Main</c> is <c>return KernelTests.Run(args);</c>.
/// </summary>
public static unsafe class KernelTestRunner
{
    private const int Success = 0;
    private const int Failed = 1;
    private const int BadUsage = 2;
    private const int AllCores = -1;

    /// <summary>How long a core may take to finish what a test has left it, after the test.</summary>
    private const ulong LeftoverNs = 1_000_000_000;

    private static KernelTestCase? s_running;

    /// <summary>Who is online and who is not; null when the kernel started the cores itself.</summary>
    public static StartReport? Started { get; private set; }

    /// <summary>Starts the cores, if that was not done, and runs the tests that the command line chooses.</summary>
    /// <param name="tests">The tests that the kernel has.</param>
    /// <param name="arguments">The command line: <c>filter=TEXT</c>, <c>list</c>.</param>
    /// <returns>The kernel's exit code: 0 when no test failed.</returns>
    public static int Run(KernelTestCase[] tests, string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(tests);
        ArgumentNullException.ThrowIfNull(arguments);
        KernelTestOptions options = KernelTestOptions.Parse(arguments);
        if (options.Error != null)
        {
            MachineConsole.WriteLine("ToroCosmos.KernelTesting: " + options.Error);
            return BadUsage;
        }

        if (Cores.Sleep == null)
        {
            Started = Cores.Start();
            WaitMeasurement.Tune();
        }

        KernelTestCase[] chosen = Choose(tests, options);
        TestReport.Plan(chosen.Length, options.IsListing);
        for (int i = 0; i < chosen.Length; i++)
        {
            TestReport.Announce(i, Place(chosen[i]), chosen[i]);
        }

        if (options.IsListing)
        {
            TestReport.End(0, 0, 0);
            return Success;
        }

        return RunAll(chosen);
    }

    private static KernelTestCase[] Choose(KernelTestCase[] tests, KernelTestOptions options)
    {
        int count = 0;
        foreach (KernelTestCase test in tests)
        {
            count += options.Selects(test) ? 1 : 0;
        }

        var chosen = new KernelTestCase[count];
        int next = 0;
        foreach (KernelTestCase test in tests)
        {
            if (options.Selects(test))
            {
                chosen[next++] = test;
            }
        }

        return chosen;
    }

    /// <summary>The core that a test runs on, or <see cref="AllCores"/>.</summary>
    private static int Place(KernelTestCase test) => test.On switch
    {
        KernelTestCores.Last => Cores.Count - 1,
        KernelTestCores.All => AllCores,
        KernelTestCores.One => test.Core,
        _ => 0,
    };

    private static int RunAll(KernelTestCase[] tests)
    {
        int passed = 0;
        int failed = 0;
        int skipped = 0;
        for (int i = 0; i < tests.Length; i++)
        {
            KernelTestCase test = tests[i];
            int needed = Math.Max(test.MinimumCores, Place(test) + 1);
            if (test.Skip != null)
            {
                TestReport.Skip(i).Text(test.Skip).EndText().End().Print();
                skipped++;
            }
            else if (Cores.Count < needed)
            {
                TestReport.Skip(i).Text("needs "u8).Number(needed).Text(" cores, the machine has "u8).Number(Cores.Count)
                    .EndText().End().Print();
                skipped++;
            }
            else if (RunOne(i, test))
            {
                passed++;
            }
            else
            {
                failed++;
            }
        }

        TestReport.End(passed, failed, skipped);
        return failed == 0 ? Success : Failed;
    }

    private static bool RunOne(int number, KernelTestCase test)
    {
        TestReport.Start(number);
        ulong begin = Clock.Now;
        if (AreIdle(test, 0, "still runs what an earlier test gave it"u8))
        {
            s_running = test;
            RunOn(Place(test));
            AreIdle(test, LeftoverNs, "did not finish what the test gave it"u8);
        }

        return TestReport.Finish((long)Microseconds(Clock.Now - begin));
    }

    private static void RunOn(int core)
    {
        if (core == AllCores)
        {
            Cores.RunOnAll(&Execute);
        }
        else if (core == 0)
        {
            Execute(0);
        }
        else
        {
            Cores.Run(core, &Execute);
            Cores.Join(core);
        }
    }

    /// <summary>Runs the test on this core. What escapes it is its failure.</summary>
    private static void Execute(int core)
    {
        KernelTestCase test = s_running!;
        try
        {
            test.Invoke(core);
        }
#pragma warning disable CA1031 // Whatever a test throws is its failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TestReport.OfCore(core)?.BeginFailure(test.Place)?.Text(exception.GetType().Name).Text(": "u8)
                .Text(exception.Message).EndFailure();
        }
    }

    private static bool AreIdle(KernelTestCase test, ulong timeoutNs, ReadOnlySpan<byte> complaint)
    {
        bool idle = true;
        for (int core = 1; core < Cores.Count; core++)
        {
            if (!Cores.Join(core, timeoutNs))
            {
                idle = false;
                TestReport.OfCore(0)?.BeginFailure(test.Place)?.Text("core "u8).Number(core).Text(" "u8).Text(complaint)
                    .EndFailure();
            }
        }

        return idle;
    }

    private static ulong Microseconds(ulong ticks)
    {
        ulong perSecond = Clock.TicksPerSecond;
        ulong seconds = TickMath.Divide(ticks, perSecond);
        return (seconds * 1_000_000) + TickMath.Divide((ticks - (seconds * perSecond)) * 1_000_000, perSecond);
    }
}
