using System;
using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>A person at the serial line, who types when asked; what the kernel sends is compared to the byte.</summary>
public class TerminalTests(ITestOutputHelper output)
{
    /// <summary>What QEMU ends with for the exit code 2, by which Ctrl-C ends a machine.</summary>
    private const int InterruptedStatus = 33 + (2 * 2);

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_kernel_reads_lines_and_keys_shows_colours_and_ends_at_control_c()
    {
        using var stop = new CancellationTokenSource(s_limit);
        ProcessStartInfo start = new(ProgramFinder.Find(QemuCommand.Program)!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in new[]
        {
            "-kernel", Artifacts.RuntimeKernel.Path, "-append", "console", "-serial", "stdio", "-display", "none", "-no-reboot",
            "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
        })
        {
            start.ArgumentList.Add(argument);
        }

        using Process machine = Process.Start(start)!;
        try
        {
            // Before it takes a character back, it asks the terminal where the cursor is.
            await AnswerAsync(machine, "name? ", "Adb\x7f", "Adb", stop.Token);
            await AnswerAsync(machine, "\x1b[6n", "\x1b[1;10R", "\b \b", stop.Token);
            await AnswerAsync(machine, "", "a\r", "a\r\nhello, Ada\r\n", stop.Token);
            await AnswerAsync(machine, "key? ", "\x01", "A Control 1\r\n", stop.Token);
            await AnswerAsync(
                machine,
                "arrow? ",
                "\x1b[A",
                "UpArrow\r\n\x1b[39;49m\x1b[91mred\x1b[39;49m\x1b[91m\x1b[104mon blue\x1b[39;49m False 80\r\n",
                stop.Token);
            await AnswerAsync(machine, "end? ", "\x04", "nothing\r\n", stop.Token);
            await AnswerAsync(machine, "stop? ", "\x03", "", stop.Token);
            await machine.WaitForExitAsync(stop.Token);
            Assert.Equal(InterruptedStatus, machine.ExitCode);
        }
        finally
        {
            machine.Kill();
        }
    }

    /// <summary>Waits for a question, types an answer, and expects what the kernel makes of it.</summary>
    private async Task AnswerAsync(Process machine, string question, string typed, string expected, CancellationToken stop)
    {
        await ExpectAsync(machine, question, stop);
        await machine.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes(typed), stop);
        await machine.StandardInput.BaseStream.FlushAsync(stop);
        await ExpectAsync(machine, expected, stop);
    }

    private async Task ExpectAsync(Process machine, string expected, CancellationToken stop)
    {
        byte[] bytes = new byte[expected.Length];
        int read = 0;
        try
        {
            while (read < bytes.Length)
            {
                int more = await machine.StandardOutput.BaseStream.ReadAsync(bytes.AsMemory(read), stop);
                read += more;
                if (more == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What came is compared all the same.
        }

        string came = Encoding.ASCII.GetString(bytes, 0, read);
        output.WriteLine(came);
        Assert.Equal(expected, came);
    }
}
