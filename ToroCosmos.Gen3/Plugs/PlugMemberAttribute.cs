using System;

namespace Cosmos.Build.API.Attributes;

/// <summary>Marks what takes the place of the method with the same name and the same types of parameters.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class PlugMemberAttribute : Attribute
{
}
