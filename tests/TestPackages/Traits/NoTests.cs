/// <summary>Holds no test.</summary>
public sealed class Sample
{
    public int Nothing => 0;
}
