// want: race
package sample

import "time"

func Main() {
	n := 0
	go func() { n++ }()
	time.Sleep(time.Second)
	n++
}
