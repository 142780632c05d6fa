// want: race
package sample

func Main() {
	n := 0
	ch := make(chan int, 2)
	done := make(chan bool)
	go func() { ch <- 1; n++; done <- true }()
	<-ch
	n++
	<-done
}
