namespace ToroCosmos.Il2Cpu.Planted;

public interface IDefaultInterfaceMethod
{
    int Abstract();

    [Violates("DefaultInterfaceMethod")]
    int WithABody() => Abstract() + 1;
}
