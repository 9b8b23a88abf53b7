namespace Orca;

/// <summary>A data file is missing, or holds what cannot be read; the message names file and line.</summary>
public sealed class DataFileException : Exception
{
    internal DataFileException(string file, int? line, string what, Exception? inner = null)
        : base(line is null ? $"{file}: {what}" : $"{file}, line {line}: {what}", inner) =>
        (File, Line) = (file, line);

    /// <summary>Gets the file, as the test named it.</summary>
    public string File { get; }

    /// <summary>Gets the line, from 1, or <see langword="null"/> where it is about the whole file.</summary>
    public int? Line { get; }
}
