using System;

namespace TestRunner.Runs;

/// <summary>One line of the machine's serial line.</summary>
/// <param name="Text">Printable text: terminal escape sequences are left out, other odd bytes are shown as \xNN.</param>
/// <param name="At">When its end arrived, since the emulator was started.</param>
public sealed record SerialLine(string Text, TimeSpan At);
