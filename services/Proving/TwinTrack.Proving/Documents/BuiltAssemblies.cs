using System.Reflection;

namespace TwinTrack.Proving.Documents;

/// <summary>TwinTrack's own assemblies beside this program, in order of name.</summary>
internal static class BuiltAssemblies
{
    public static IEnumerable<Assembly> Matching(string pattern) =>
        Directory.GetFiles(AppContext.BaseDirectory, pattern)
            .Order(StringComparer.Ordinal)
            .Select(path => Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(path))));

    /// <summary>
    /// Public and internal static fields and properties of a type that satisfies the condition, in order of their
    /// types' names.
    /// </summary>
    public static IEnumerable<(Type Owner, string Name, object Value)> Statics(
        Assembly assembly, Func<Type, bool> wanted)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        foreach (var type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            foreach (var field in type.GetFields(Static)
                .Where(field => wanted(field.FieldType) && !field.Name.StartsWith('<')))
            {
                yield return (type, field.Name, field.GetValue(null)!);
            }

            foreach (var property in type.GetProperties(Static).Where(property => wanted(property.PropertyType)))
            {
                yield return (type, property.Name, property.GetValue(null)!);
            }
        }
    }
}
