// Package jupyter is everything of the command that touches Jupyter: the
// Python environment, the kernel spec, JupyterLab, headless execution and the
// doctor that looks at all of them.
//
// Jupyter's protocol is spoken by Jupyter's own Python libraries, out of the
// project's environment: driver.py drives one kernel, export.py writes a page.
package jupyter
