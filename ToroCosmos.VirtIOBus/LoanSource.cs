using System;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// The return of lent memory, as something to wait for in a wait set: one loan at a time. It stays news until the source
/// watches another one, or none.
/// </summary>
public sealed unsafe class LoanSource : BusSource
{
    private LentLink _lent;

    /// <summary>Makes a source that watches no loan yet. Allocates; for the boot core.</summary>
    /// <param name="endpoint">The end of the bus that will lend.</param>
    public LoanSource(BusEndpoint endpoint)
        : base(endpoint ?? throw new ArgumentNullException(nameof(endpoint)))
    {
    }

    /// <summary>The loan that is watched; no loan when none is.</summary>
    public BusLoan Loan { get; private set; }

    /// <inheritdoc/>
    public override bool CanHaveNews => Loan.Core >= 0;

    /// <summary>Watches a loan from now on, in place of the one before.</summary>
    /// <param name="loan">One that <see cref="BusEndpoint.TryLendTo"/> of the same end gave; no loan to watch none.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, or <see cref="BusStatus.NoSuchCore"/> when it is no loan: none is watched then.
    /// </returns>
    [AnyCore]
    public BusStatus Watch(BusLoan loan)
    {
        bool isLoan = Endpoint.TryFind(loan, out _lent);
        Loan = isLoan ? loan : default;
        return isLoan ? BusStatus.Ok : BusStatus.NoSuchCore;
    }

    /// <inheritdoc/>
    public override bool HasNews() => CanHaveNews && _lent.HasNews();

    /// <inheritdoc/>
    public override void RequestWakeUp()
    {
        if (CanHaveNews)
        {
            _lent.RequestWakeUp();
        }
    }

    /// <inheritdoc/>
    public override void SuppressWakeUps()
    {
        if (CanHaveNews)
        {
            _lent.SuppressWakeUps();
        }
    }
}
