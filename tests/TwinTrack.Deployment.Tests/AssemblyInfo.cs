// What is deployed is Linux: images, charts and the tools that look at them.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
