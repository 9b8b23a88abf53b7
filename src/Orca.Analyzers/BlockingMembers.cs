namespace Orca.Analyzers;

/// <summary>What is known to hold a thread, by type; what derives from the type counts too.</summary>
internal static class BlockingMembers
{
    public static readonly (string Type, string[] Members)[] All =
    [
        ("System.Threading.Tasks.Task", ["Wait", "WaitAll", "WaitAny"]),
        ("System.Threading.Tasks.Task`1", ["Result"]),
        ("System.Threading.Tasks.ValueTask`1", ["Result"]),
        ("System.Threading.Tasks.Parallel", ["For", "ForEach", "Invoke"]),
        ("System.Threading.Thread", ["Sleep", "Join"]),
        ("System.Threading.SpinWait", ["SpinUntil"]),
        ("System.Threading.Monitor", ["Wait"]),
        ("System.Threading.WaitHandle", ["WaitOne", "WaitAll", "WaitAny", "SignalAndWait"]),
        ("System.Threading.SemaphoreSlim", ["Wait"]),
        ("System.Threading.ManualResetEventSlim", ["Wait"]),
        ("System.Threading.CountdownEvent", ["Wait"]),
        ("System.Threading.Barrier", ["SignalAndWait"]),
        ("System.Collections.Concurrent.BlockingCollection`1", ["Take", "Add", "GetConsumingEnumerable"]),
        ("System.Net.Http.HttpMessageInvoker", ["Send"]),
        ("System.Net.Dns", ["GetHostEntry", "GetHostAddresses"]),
        ("System.Net.WebRequest", ["GetResponse", "GetRequestStream"]),
        ("System.Net.Sockets.Socket", ["Connect", "Accept", "Send", "SendTo", "Receive", "ReceiveFrom"]),
        ("System.Net.Sockets.TcpClient", ["Connect"]),
        ("System.Net.Sockets.TcpListener", ["AcceptTcpClient", "AcceptSocket"]),
        ("System.Net.Sockets.UdpClient", ["Send", "Receive"]),
        ("System.Net.Sockets.NetworkStream", ["Read", "ReadByte", "Write", "WriteByte"]),
        ("System.Net.Security.SslStream", ["Read", "ReadByte", "Write", "WriteByte", "AuthenticateAsClient"]),
        ("System.Diagnostics.Process", ["WaitForExit"]),
        ("System.Console", ["Read", "ReadKey", "ReadLine"]),
    ];
}
