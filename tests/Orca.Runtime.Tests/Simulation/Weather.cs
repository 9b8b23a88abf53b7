namespace Orca.Tests.Simulation;

/// <summary>How bad the network is in one seed, and its dice.</summary>
internal sealed class Weather(Random dice, double slowMs, double requestLoss, double answerLoss, double messageLoss, double stragglers = 0)
{
    public TimeSpan Latency() => TimeSpan.FromMilliseconds(dice.NextDouble() * slowMs);

    public bool LosesRequest() => dice.NextDouble() < requestLoss;

    /// <summary>Whether a request is held up until long after its sender has given it up, or is carried out a second time then.</summary>
    public bool IsStraggler() => dice.NextDouble() < stragglers;

    public TimeSpan Late() => TimeSpan.FromSeconds(1 + (dice.NextDouble() * 4));

    public bool LosesAnswer() => dice.NextDouble() < answerLoss;

    /// <summary>How often a message arrives: never, once or twice.</summary>
    public int Copies() => dice.NextDouble() < messageLoss ? 0 : dice.NextDouble() < 0.1 ? 2 : 1;

    public override string ToString() => $"latency ≤ {slowMs:0} ms, requests lost {requestLoss:P0}, answers lost {answerLoss:P0}, messages lost {messageLoss:P0}, stragglers {stragglers:P1}";
}
