using System;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using ToroCosmos.Il2Cpu.Tests.Rules;
using Xunit;

namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>C# compiles no static abstract members for net6.0; another compiler, or a switch of this one, may.</summary>
public sealed class StaticAbstractMemberTests : IDisposable
{
    private readonly KernelCode _kernel;

    public StaticAbstractMemberTests()
    {
        var assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Made", new Version(1, 0)), "Made", ModuleKind.Dll);
        ModuleDefinition module = assembly.MainModule;
        var number = new TypeDefinition("", "INumber", TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Public);
        var zero = new MethodDefinition(
            "Zero",
            MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.Virtual | MethodAttributes.Abstract,
            module.TypeSystem.Int32);
        number.Methods.Add(zero);
        var user = new TypeDefinition("", "User", TypeAttributes.Class | TypeAttributes.Public, module.TypeSystem.Object);
        var use = new MethodDefinition("Use", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Int32);
        var parameter = new GenericParameter("T", use);
        use.GenericParameters.Add(parameter);
        ILProcessor body = use.Body.GetILProcessor();
        body.Emit(OpCodes.Constrained, parameter);
        body.Emit(OpCodes.Call, zero);
        body.Emit(OpCodes.Ret);
        user.Methods.Add(use);
        module.Types.Add(number);
        module.Types.Add(user);
        var assemblies = new AssemblySet([]);
        assemblies.Add(assembly);
        _kernel = new KernelCode(assemblies);
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Static_abstract_member_and_its_call_are_found() => Assert.Equal(
        ["INumber.Zero()", "User.Use()"],
        Guard.Check(_kernel).Where(finding => finding.Rule is StaticAbstractMember).Select(finding => MethodNames.Of(finding.Method)).Order());
}
