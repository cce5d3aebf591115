using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ToroCosmos.KernelTesting.Generator;

/// <summary>A place in a source file, comparable by value.</summary>
internal sealed record SourcePlace(string File, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace Of(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(File, Span, Lines);
}
