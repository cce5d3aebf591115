using System;

namespace ToroCosmos.RuntimeKernel;

/// <summary>Asks at the console, in each way that it has, and tells what it understood.</summary>
internal static class Conversation
{
    public static int Hold()
    {
        Console.Write("name? ");
        Console.WriteLine($"hello, {Console.ReadLine()}");
        Console.Write("key? ");
        ConsoleKeyInfo key = Console.ReadKey(intercept: true);
        Console.WriteLine($"{key.Key} {key.Modifiers} {(int)key.KeyChar}");
        Console.Write("arrow? ");
        Console.WriteLine(Console.ReadKey(intercept: true).Key);
        Console.ForegroundColor = ConsoleColor.Red;
        Console.Write("red");
        Console.BackgroundColor = ConsoleColor.Blue;
        Console.Write("on blue");
        Console.ResetColor();
        Console.WriteLine($" {Console.KeyAvailable} {Console.WindowWidth}");
        Console.Write("end? ");
        Console.WriteLine(Console.ReadLine() ?? "nothing");
        Console.Write("stop? ");
        Console.ReadLine();
        return 3;
    }
}
