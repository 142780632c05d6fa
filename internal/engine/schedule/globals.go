package schedule

// globals are what gives the package variables of woven programs what they began with.
var globals []func()

// Globals notes what is called before and after each run, in its bubble and outside.
// Woven text calls it, in the initialiser of a variable.
func Globals(renew func()) struct{} {
	globals = append(globals, renew)
	return struct{}{}
}

// RenewGlobals gives the package variables of woven programs what they began with.
func RenewGlobals() {
	for _, renew := range globals {
		renew()
	}
}
