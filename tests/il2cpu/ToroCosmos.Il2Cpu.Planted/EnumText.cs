using System;

namespace ToroCosmos.Il2Cpu.Planted;

public static class EnumText
{
    [Flags]
    public enum Colour
    {
        Red,
        Green,
    }

    [Violates("EnumText")]
    public static string Named(Colour a) => a.ToString();

    [Violates("EnumText")]
    public static string OfTheClassLibrary(DayOfWeek a) => a.ToString();

    [Violates("EnumText")]
    public static string Concatenated(Colour a) => "colour " + a;

    [Violates("EnumText")]
    public static string Interpolated(Colour a) => $"colour {a} of {a:D}";

    [Violates("EnumText")]
    public static object Boxed(Colour a) => a;

    [Violates("EnumText", "FailingCall")]
    public static bool Flag(Colour a) => a.HasFlag(Colour.Green);

    // A record with an enum: the text that C# writes for it is asked for here only.
    public static string OfARecord(Painted a) => a.ToString();

    public static string AsNumber(Colour a) => ((int)a).ToString();

    public static bool FlagByHand(Colour a) => (a & Colour.Green) != 0;

    public static Unprinted Record(Colour a) => new(a);

    public readonly record struct Painted(Colour Colour);

    public readonly record struct Unprinted(Colour Colour);
}
