using System.Globalization;

namespace ToroCosmos.Programs;

/// <summary>The lines by which a kernel tells of the programs.</summary>
public static class ProgramLine
{
    /// <summary>How the line begins that says which program begins.</summary>
    public const string BeginsPrefix = "program ";

    /// <summary>How the line begins that has an answer.</summary>
    public const string AnsweredPrefix = "answer ";

    /// <summary>How the last line begins.</summary>
    public const string EndPrefix = "programs ended: ";

    /// <summary>The longest answer, escaped, that a line has room for.</summary>
    public const int MaximumAnswer = 900;

    /// <summary>A program begins.</summary>
    public static string Begins(string id) => BeginsPrefix + id;

    /// <summary>A program answered.</summary>
    public static string Answered(string id, string answer) => $"{AnsweredPrefix}{id} {EscapedText.Escape(answer)}";

    /// <summary>So many ran.</summary>
    public static string End(int count) => EndPrefix + count.ToString(CultureInfo.InvariantCulture);
}
