"""Core: what every area stands on. Knows no area by name.

Site frame and components, declared access, contribution points, stamps (what changed since?), facets of lists, forms,
documents (PDF), charts and maps, mail, the parent process of web server and worker.
"""
